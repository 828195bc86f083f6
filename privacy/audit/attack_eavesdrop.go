package audit

import (
	"context"
	"fmt"
	"reflect"

	"maturitybench/privacy"
)

// Eavesdrop publishes to a ledger of somebody else's making, which looks at the
// entry that it is handed, and returns the ways in which it can get at raw data
// or at their number: exported functions and methods that return more than a
// digest, a text or an error, and gathered records. There must be none: whoever
// implements [privacy.Ledger] must not learn what the real one does not.
func Eavesdrop[D any](ctx context.Context, s Setup[D], data D) ([]string, error) {
	mustTest()
	ledger := &eavesdropper{Ledger: privacy.NewMemoryLedger()}
	if err := ledger.OpenAccount(ctx, s.Account); err != nil {
		return nil, err
	}
	_, err := s.Publish(ctx, ledger, data)
	return ledger.found, err
}

type eavesdropper struct {
	privacy.Ledger
	found []string
}

func (l *eavesdropper) Publish(ctx context.Context, entry privacy.Entry, release func(*privacy.Draws) (privacy.Record, error)) (privacy.Record, error) {
	l.found = append(l.found, exposed("entry", reflect.ValueOf(entry))...)
	return l.Ledger.Publish(ctx, entry, release)
}

var raw = reflect.TypeFor[privacy.Multiset]()

// exposed are the ways from a value to raw data that another package has.
func exposed(path string, v reflect.Value) (found []string) {
	if !v.IsValid() {
		return nil
	}
	t := v.Type()
	if t == raw {
		return []string{path + " is a multiset of records"}
	}
	for m := range t.Methods() {
		for out := range m.Type.Outs() {
			if tells(out) {
				found = append(found, fmt.Sprintf("%s.%s returns %v", path, m.Name, out))
			}
		}
	}
	switch v.Kind() {
	case reflect.Func, reflect.Chan:
		if !v.IsNil() {
			found = append(found, path+" can be asked")
		}
	case reflect.Pointer, reflect.Interface:
		found = append(found, exposed(path, v.Elem())...)
	case reflect.Struct:
		for i := range t.NumField() {
			if t.Field(i).IsExported() {
				found = append(found, exposed(path+"."+t.Field(i).Name, v.Field(i))...)
			}
		}
	}
	return found
}

// tells reports whether a result of this type could be raw data, or a way to
// them.
func tells(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer:
		return tells(t.Elem())
	case reflect.Func, reflect.Chan, reflect.Map:
		return true
	case reflect.Struct:
		return t == raw
	case reflect.Interface:
		return t != reflect.TypeFor[error]()
	}
	return false
}
