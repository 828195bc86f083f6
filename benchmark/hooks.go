package benchmark

import "maturitybench/benchmark/internal/stage"

// Packages of this module that bring responses of their own reach what is
// unexported here through package stage.
func init() {
	stage.NewSource = func(instrument any, begun func() stage.Panel) any {
		return &Source{in: instrument.(*Instrument), begun: begun}
	}
	stage.NewTable = func(instrument any, path string, table func(read tableReading) error) any {
		return (&sheetFile{in: instrument.(*Instrument), path: path, table: table}).source()
	}
	stage.Unseal = func(response any) (company stage.Identity, row []byte, line int, ok bool) {
		s := response.(Response).sheet()
		if s == nil {
			return stage.Identity{}, nil, 0, false
		}
		return stage.Identify(s.company), append([]byte(nil), s.row()...), s.line, true
	}
}
