package synthetic

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"

	"maturitybench/benchmark/instrument"
	"maturitybench/benchmark/responses"
)

// Responses walks over the answer sheets of the panel. It draws one after the
// other, so that a panel of any size needs no memory, and draws the same ones
// at every walk. A panel that cannot be made (see [Panel]) yields one error.
func (p Panel) Responses(in *instrument.Instrument) iter.Seq2[responses.Response, error] {
	return func(yield func(responses.Response, error) bool) {
		spec := in.Spec()
		hand := newHand(in, spec, p.Companies)
		for s, err := range p.sheets(spec) {
			if err != nil {
				yield(responses.Response{}, err)
				return
			}
			if !yield(hand.response(s)) {
				return
			}
		}
	}
}

// WriteCSV writes the panel as a CSV file of the instrument: LF line ends, the
// columns company, attributes and questions in its order, nothing quoted. The
// same panel gives the same bytes. The error is that of a panel that cannot be
// made (see [Panel]), or of w.
func WriteCSV(w io.Writer, in *instrument.Instrument, panel Panel) error {
	spec, out := in.Spec(), bufio.NewWriter(w)
	numbers := levelNumbers(spec)
	line := []byte("company")
	for _, attribute := range spec.Attributes {
		line = append(append(line, ','), attribute.ID...)
	}
	for _, domain := range spec.Domains {
		for _, question := range domain.Questions {
			line = append(append(line, ','), question.ID...)
		}
	}
	for s, err := range panel.sheets(spec) {
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
		line = s.appendCSV(line[:0], spec, numbers, panel.Companies)
	}
	if _, err := out.Write(append(line, '\n')); err != nil {
		return err
	}
	return out.Flush()
}

// sheets walks over the made-up companies. The sheet is used again for the next
// one.
func (p Panel) sheets(spec instrument.Spec) iter.Seq2[*sheet, error] {
	return func(yield func(*sheet, error) bool) {
		if err := p.check(spec); err != nil {
			yield(nil, err)
			return
		}
		m := newModel(p, spec)
		s := &sheet{attributes: make([]int8, len(spec.Attributes)), levels: make([]int8, len(m.domainOf))}
		for s.number = 1; s.number <= p.Companies; s.number++ {
			m.fill(s)
			if !yield(s, nil) {
				return
			}
		}
	}
}

// companyName is the name of the made-up company with a number from 1, in a
// panel of some size: synthetic-001.
func companyName(number, companies int) string {
	return fmt.Sprintf("synthetic-%0*d", max(3, len(strconv.Itoa(companies))), number)
}

// appendCSV appends the sheet as a line without its end.
func (s *sheet) appendCSV(line []byte, spec instrument.Spec, numbers [][]int, companies int) []byte {
	line = append(line, companyName(s.number, companies)...)
	for a, v := range s.attributes {
		line = append(line, ',')
		if v != none {
			line = append(line, spec.Attributes[a].Values[v].ID...)
		}
	}
	for q, level := range s.levels {
		line = append(line, ',')
		if level != none {
			line = strconv.AppendInt(line, int64(numbers[q][level]), 10)
		}
	}
	return line
}

// levelNumbers are the numbers of the levels, by question.
func levelNumbers(spec instrument.Spec) [][]int {
	var list [][]int
	for d, domain := range spec.Domains {
		var numbers []int
		for _, level := range spec.On(d).Scale {
			numbers = append(numbers, level.Level)
		}
		for range domain.Questions {
			list = append(list, numbers)
		}
	}
	return list
}

// hand makes responses of sheets.
type hand struct {
	in         *instrument.Instrument
	spec       instrument.Spec
	companies  int
	questions  []string
	numbers    [][]int // of the levels, by question
	attributes map[string]string
	scores     map[string]int
}

func newHand(in *instrument.Instrument, spec instrument.Spec, companies int) *hand {
	h := &hand{in: in, spec: spec, companies: companies, attributes: map[string]string{}, scores: map[string]int{}, numbers: levelNumbers(spec)}
	for _, domain := range spec.Domains {
		for _, question := range domain.Questions {
			h.questions = append(h.questions, question.ID)
		}
	}
	return h
}

func (h *hand) response(s *sheet) (responses.Response, error) {
	clear(h.attributes)
	clear(h.scores)
	for a, v := range s.attributes {
		if v != none {
			h.attributes[h.spec.Attributes[a].ID] = h.spec.Attributes[a].Values[v].ID
		}
	}
	for q, level := range s.levels {
		if level != none {
			h.scores[h.questions[q]] = h.numbers[q][level]
		}
	}
	return responses.New(h.in, companyName(s.number, h.companies), h.attributes, h.scores)
}
