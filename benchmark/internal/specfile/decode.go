package specfile

import (
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// enoughProblems ends the reading of a document: it may be large, and on one line.
const enoughProblems = 100

// decode sets v from a node and notes the place of every value of a
// specification.
func (c *Checker) decode(n *node, v reflect.Value, at *spot) { c.decodeAs(n, v, at, false) }

// decodeAs is decode; asSpelt says that lists of texts take scalars of any kind,
// as they are spelt, and one in place of a list.
func (c *Checker) decodeAs(n *node, v reflect.Value, at *spot, asSpelt bool) {
	if c.data != nil && len(c.problems) >= enoughProblems {
		return
	}
	if c.places != nil {
		c.places[at.String()] = n.place
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		c.decodeAs(n, v.Elem(), at, asSpelt)
	case reflect.Struct:
		c.mapping(n, v, at)
	case reflect.Slice:
		switch names := c.forms[v.Type()].Names; {
		case names != nil:
			c.named(n, v, at, names)
		case asSpelt:
			c.texts(n, v, at)
		default:
			c.sequence(n, v, at)
		}
	case reflect.Map:
		c.table(n, v, at, asSpelt)
	default:
		c.scalar(n, v, at)
	}
}

// mapping sets the fields of a struct by their tags.
func (c *Checker) mapping(n *node, v reflect.Value, at *spot) {
	form := c.forms[v.Type()]
	whole := form.Unless == "" || n.has(form.Unless)
	fields := c.fieldsOf(v.Type(), whole)
	if n.kind != kindMapping {
		if short := fields.short(); short >= 0 {
			c.decodeAs(n, v.FieldByIndex(fields[short].index), at, fields[short].asSpelt)
			return
		}
		c.unreadable(c.placeOf(n), at, "keys with values, not "+n.kind)
		return
	}
	var seen [mostFields]bool
	before := len(c.problems)
	for i := range n.keys {
		e := &n.keys[i]
		under := &spot{at, Shown(e.key), -1}
		switch f := fields.index(e.key); {
		case f < 0:
			c.at(c.placeOfKey(e), under.String(), "no such key: the keys here are "+fields.String())
		case seen[f]:
			c.at(c.placeOfKey(e), under.String(), "each key once")
		default:
			seen[f] = true
			c.decodeAs(&e.value, v.FieldByIndex(fields[f].index), under, fields[f].asSpelt)
		}
	}
	for i, f := range fields {
		if f.required && !seen[i] {
			c.unreadable(c.placeOf(n), &spot{at, f.key, -1}, "a value: the key is required")
		}
	}
	if form.Finish != nil && len(c.problems) == before {
		if key, expected := form.Finish(v.Addr().Interface(), whole); expected != "" {
			c.unreadable(c.placeOf(n), &spot{at, key, -1}, expected)
		}
	}
}

// has reports whether a key is there.
func (n *node) has(key string) bool {
	for i := range n.keys {
		if n.keys[i].key == key {
			return true
		}
	}
	return false
}

// table sets a map, whose keys are texts.
func (c *Checker) table(n *node, v reflect.Value, at *spot, asSpelt bool) {
	if n.kind != kindMapping {
		c.unreadable(c.placeOf(n), at, "keys with values, not "+n.kind)
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for i := range n.keys {
		e := &n.keys[i]
		key, under := reflect.ValueOf(e.key), &spot{at, Shown(e.key), -1}
		if v.MapIndex(key).IsValid() {
			c.at(c.placeOfKey(e), under.String(), "each key once")
			continue
		}
		value := reflect.New(v.Type().Elem()).Elem()
		c.decodeAs(&e.value, value, under, asSpelt)
		v.SetMapIndex(key, value)
	}
}

// named sets a slice whose elements have names, which are the keys.
func (c *Checker) named(n *node, v reflect.Value, at *spot, names []string) {
	if n.kind != kindMapping {
		c.unreadable(c.placeOf(n), at, "keys with values, not "+n.kind)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(names), len(names)))
	var seen [mostFields]bool
	for i := range n.keys {
		e := &n.keys[i]
		under := &spot{at, Shown(e.key), -1}
		switch f := slices.Index(names, e.key); {
		case f < 0:
			c.at(c.placeOfKey(e), under.String(), "no such key: the keys here are "+strings.Join(names, ", "))
		case seen[f]:
			c.at(c.placeOfKey(e), under.String(), "each key once")
		default:
			seen[f] = true
			c.decode(&e.value, v.Index(f), under)
		}
	}
	for i, name := range names {
		if !seen[i] {
			c.unreadable(c.placeOf(n), &spot{at, name, -1}, "a value: the key is required")
		}
	}
}

// texts sets a slice of texts: those of a list, or the one in its place.
func (c *Checker) texts(n *node, v reflect.Value, at *spot) {
	if n.kind != kindList {
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		c.spelt(n, v.Index(0), at)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i := range n.items {
		under := &spot{at, "", i}
		if c.places != nil {
			c.places[under.String()] = n.items[i].place
		}
		c.spelt(&n.items[i], v.Index(i), under)
	}
}

// spelt sets a text as it is spelt.
func (c *Checker) spelt(n *node, v reflect.Value, at *spot) {
	if n.kind == kindList || n.kind == kindMapping || n.kind == kindNull && n.text == "" {
		c.unreadable(c.placeOf(n), at, "a text, not "+n.kind)
		return
	}
	v.SetString(n.text)
}

// sequence sets a slice.
func (c *Checker) sequence(n *node, v reflect.Value, at *spot) {
	if n.kind != kindList {
		c.unreadable(c.placeOf(n), at, "a list, not "+n.kind)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	for i := range n.items {
		c.decode(&n.items[i], v.Index(i), &spot{at, "", i})
	}
}

// scalar sets a text, a whole number, a number, a boolean, or what reads itself
// from a number, as spelt, or from a text.
func (c *Checker) scalar(n *node, v reflect.Value, at *spot) {
	var want, hint string
	reader, reads := v.Addr().Interface().(interface{ SetNumber(text string) error })
	switch kind := v.Kind(); {
	case reads:
		want = "a number in plain digits"
		if n.kind == kindNumber {
			if err := reader.SetNumber(n.text); err != nil {
				c.unreadable(c.placeOf(n), at, err.Error())
			}
			return
		}
	case kind == reflect.String:
		if n.kind == kindText {
			v.SetString(n.text)
			return
		}
		want = "a text"
		if n.text != "" {
			hint = fmt.Sprintf(`: write "%s"`, Shown(n.text))
		}
	case kind == reflect.Int:
		if i, err := strconv.Atoi(n.text); err == nil && n.kind == kindNumber && c.plainNumber(WholeNumber, n) {
			v.SetInt(int64(i))
			return
		}
		want = "a whole number in plain digits"
	case kind == reflect.Float64:
		if f, err := strconv.ParseFloat(n.text, 64); err == nil && n.kind == kindNumber && c.plainNumber(decimalNumber, n) {
			v.SetFloat(f)
			return
		}
		want = "a decimal number such as 0.9 or 1e-6"
	case kind == reflect.Bool:
		if n.kind == kindBoolean && (n.text == "true" || n.text == "false") {
			v.SetBool(n.text == "true")
			return
		}
		want = "true or false"
	default:
		reader, ok := v.Addr().Interface().(encoding.TextUnmarshaler)
		if !ok {
			panic("specfile: no file holds a " + v.Type().String())
		}
		if n.kind != kindText {
			want = "a text"
			break
		}
		if err := reader.UnmarshalText([]byte(n.text)); err != nil {
			c.unreadable(c.placeOf(n), at, err.Error())
		}
		return
	}
	kind := n.kind
	if kind == kindNumber && want != "a text" {
		kind = Shown(n.text)
	}
	c.unreadable(c.placeOf(n), at, want+", not "+kind+hint)
}

// plainNumber reports whether a number is spelt in the given form, as every
// number of JSON is that strconv reads.
func (c *Checker) plainNumber(form *regexp.Regexp, n *node) bool {
	return c.data != nil || form.MatchString(n.text)
}
