package specfile

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// decode sets v from a node and notes the place of every value.
func (c *Checker) decode(n ast.Node, v reflect.Value, path string) { c.decodeAs(n, v, path, false) }

// decodeAs is decode; asSpelt says that lists of texts take scalars of any kind,
// as they are spelt, and one in place of a list.
func (c *Checker) decodeAs(n ast.Node, v reflect.Value, path string, asSpelt bool) {
	c.Places[path] = c.placeOf(n)
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		c.decodeAs(n, v.Elem(), path, asSpelt)
	case reflect.Struct:
		c.mapping(n, v, path)
	case reflect.Slice:
		if asSpelt {
			c.texts(n, v, path)
		} else {
			c.sequence(n, v, path)
		}
	case reflect.Map:
		c.table(n, v, path, asSpelt)
	default:
		c.scalar(n, v, path)
	}
}

// mapping sets the fields of a struct by their yaml tags.
func (c *Checker) mapping(n ast.Node, v reflect.Value, path string) {
	fields := fieldsOf(v.Type())
	m, ok := n.(*ast.MappingNode)
	if short := fields.short(); !ok && short >= 0 {
		c.decodeAs(n, v.Field(fields[short].number), path, fields[short].asSpelt)
		return
	}
	if !ok {
		c.unreadable(c.placeOf(n), path, "keys with values, not "+readingOf(n).kind)
		return
	}
	seen := map[string]bool{}
	for _, entry := range m.Values {
		key := readingOf(entry.Key).text
		i := fields.index(key)
		switch {
		case i < 0:
			c.at(c.placeOf(entry.Key), Join(path, Shown(key)), "no such key: the keys here are "+fields.String())
		case seen[key]:
			c.at(c.placeOf(entry.Key), Join(path, key), "each key once")
		default:
			c.decodeAs(entry.Value, v.Field(fields[i].number), Join(path, key), fields[i].asSpelt)
		}
		seen[key] = true
	}
	for _, f := range fields {
		if f.required && !seen[f.key] {
			c.unreadable(c.placeOf(n), Join(path, f.key), "a value: the key is required")
		}
	}
}

// table sets a map, whose keys are texts.
func (c *Checker) table(n ast.Node, v reflect.Value, path string, asSpelt bool) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		c.unreadable(c.placeOf(n), path, "keys with values, not "+readingOf(n).kind)
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, entry := range m.Values {
		key := reflect.ValueOf(readingOf(entry.Key).text)
		at := Join(path, Shown(key.String()))
		if v.MapIndex(key).IsValid() {
			c.at(c.placeOf(entry.Key), at, "each key once")
			continue
		}
		value := reflect.New(v.Type().Elem()).Elem()
		c.decodeAs(entry.Value, value, at, asSpelt)
		v.SetMapIndex(key, value)
	}
}

// sequence sets a slice.
func (c *Checker) sequence(n ast.Node, v reflect.Value, path string) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		c.unreadable(c.placeOf(n), path, "a list, not "+readingOf(n).kind)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values)))
	for i, value := range s.Values {
		c.decode(value, v.Index(i), Element(path, i))
	}
}

// texts sets a slice of texts: those of a list, or the one in its place.
func (c *Checker) texts(n ast.Node, v reflect.Value, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		c.spelt(n, v.Index(0), path)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, value := range list.Values {
		c.Places[Element(path, i)] = c.placeOf(value)
		c.spelt(value, v.Index(i), Element(path, i))
	}
}

// spelt sets a text as it is spelt.
func (c *Checker) spelt(n ast.Node, v reflect.Value, path string) {
	switch r := readingOf(n); {
	case r.kind == kindList || r.kind == kindMapping || r.kind == kindNull && r.text == "":
		c.unreadable(c.placeOf(n), path, "a text, not "+r.kind)
	default:
		v.SetString(r.text)
	}
}

// scalar sets a text, a whole number, a number or a boolean.
func (c *Checker) scalar(n ast.Node, v reflect.Value, path string) {
	r := readingOf(n)
	var want, hint string
	switch v.Kind() {
	case reflect.String:
		if r.kind == kindText {
			v.SetString(r.text)
			return
		}
		want = "a text"
		if r.text != "" {
			hint = fmt.Sprintf(`: write "%s"`, Shown(r.text))
		}
	case reflect.Int:
		if i, err := strconv.Atoi(r.text); err == nil && r.kind == kindNumber && WholeNumber.MatchString(r.text) {
			v.SetInt(int64(i))
			return
		}
		want = "a whole number in plain digits"
	case reflect.Float64:
		if f, err := strconv.ParseFloat(r.text, 64); err == nil && r.kind == kindNumber && decimalNumber.MatchString(r.text) {
			v.SetFloat(f)
			return
		}
		want = "a decimal number such as 0.9 or 1e-6"
	case reflect.Bool:
		if r.kind == kindBoolean && (r.text == "true" || r.text == "false") {
			v.SetBool(r.text == "true")
			return
		}
		want = "true or false"
	default:
		panic("benchmark: no file holds a " + v.Type().String())
	}
	if r.kind == kindNumber && v.Kind() != reflect.String {
		r.kind = Shown(r.text)
	}
	c.unreadable(c.placeOf(n), path, want+", not "+r.kind+hint)
}

// A field of a struct that a file may give.
type field struct {
	key      string
	number   int
	required bool
	asSpelt  bool // texts: see decodeAs
	short    bool // may stand for the whole struct
}

type fields []field

// fieldsOf lists the keys of a struct by its yaml tags, in order.
func fieldsOf(t reflect.Type) fields {
	var list fields
	for i := range t.NumField() {
		key, rest, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		options := strings.Split(rest, ",")
		list = append(list, field{
			key: key, number: i,
			required: !slices.Contains(options, "omitempty"),
			asSpelt:  slices.Contains(options, "texts"),
			short:    slices.Contains(options, "short"),
		})
	}
	return list
}

func (f fields) index(key string) int {
	for i := range f {
		if f[i].key == key {
			return i
		}
	}
	return -1
}

// short is the field that may stand for the struct, or -1.
func (f fields) short() int { return slices.IndexFunc(f, func(f field) bool { return f.short }) }

func (f fields) String() string {
	keys := make([]string, len(f))
	for i := range f {
		keys[i] = f[i].key
	}
	return strings.Join(keys, ", ")
}
