package specfile

import (
	"reflect"
	"slices"
	"strings"
)

// Form says how a type is spelt where its tags do not say it all.
type Form struct {
	// Omit are keys of the tags that the file never gives.
	Omit []string
	// Unless is a key without which the struct is spelt by the keys Short alone;
	// empty: there is one form.
	Unless string
	Short  []string
	// Finish, if it is not nil, completes a pointer to a struct that was read;
	// whole says that it is not the short form. It returns the key whose value is
	// wrong and what was expected there.
	Finish func(v any, whole bool) (key, expected string)
	// Names, of a slice, are the keys of its elements, in their order.
	Names []string
}

// Forms are the forms of types.
type Forms map[reflect.Type]Form

// mostFields is more than the fields of any struct.
const mostFields = 32

// field is a field of a struct that a file may give.
type field struct {
	key      string
	index    []int
	required bool
	asSpelt  bool // texts: see decodeAs
	short    bool // may stand for the whole struct
}

type fields []field

// formOf is a type in one of its forms.
type formOf struct {
	of    reflect.Type
	whole bool
}

// fieldsOf lists the keys of a struct by its tags, in order. A key is required
// unless its tag says omitempty. An embedded struct without a tag counts as its
// fields.
func (c *Checker) fieldsOf(t reflect.Type, whole bool) fields {
	if list, ok := c.fields[formOf{t, whole}]; ok {
		return list
	}
	form := c.forms[t]
	list := slices.DeleteFunc(c.tagged(t, nil), func(f field) bool {
		return slices.Contains(form.Omit, f.key) || !whole && !slices.Contains(form.Short, f.key)
	})
	if c.fields == nil {
		c.fields = map[formOf]fields{}
	}
	c.fields[formOf{t, whole}] = list
	return list
}

// tagged lists the fields with tags of a struct that is embedded at prefix.
func (c *Checker) tagged(t reflect.Type, prefix []int) fields {
	var list fields
	for f := range t.Fields() {
		index := append(slices.Clone(prefix), f.Index...)
		key, rest, _ := strings.Cut(f.Tag.Get(c.tag), ",")
		switch {
		case key == "" && f.Anonymous && f.Type.Kind() == reflect.Struct:
			list = append(list, c.tagged(f.Type, index)...)
		case key != "" && key != "-":
			options := strings.Split(rest, ",")
			list = append(list, field{
				key: key, index: index,
				required: !slices.Contains(options, "omitempty") && !slices.Contains(options, "omitzero"),
				asSpelt:  slices.Contains(options, "texts"),
				short:    slices.Contains(options, "short"),
			})
		}
	}
	return list
}

func (f fields) index(key string) int {
	return slices.IndexFunc(f, func(f field) bool { return f.key == key })
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
