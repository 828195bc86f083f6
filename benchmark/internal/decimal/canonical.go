package decimal

import (
	"bytes"
	"encoding/json"
	"errors"
)

// CanonicalJSON is v without white space, its keys sorted in every object,
// its numbers spelt in full without exponent, its texts in UTF-8 with no
// escapes but those that JSON requires.
func CanonicalJSON(v any) ([]byte, error) {
	data, err := CompactJSON(v)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var plain any
	if err := decoder.Decode(&plain); err != nil {
		return nil, err
	}
	if plain, err = spelt(plain); err != nil {
		return nil, err
	}
	return CompactJSON(plain) // encoding/json sorts the keys of maps
}

// spelt respells all numbers in full.
func spelt(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			if v[key], err = spelt(member); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, item := range v {
			if v[i], err = spelt(item); err != nil {
				return nil, err
			}
		}
	case json.Number:
		x, err := v.Float64()
		return json.Number(Spell(x)), err
	}
	return v, nil
}

// CompactJSON is json.Marshal that leaves <, > and & readable.
func CompactJSON(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// DecodeJSON reads one JSON value without unknown keys.
func DecodeJSON(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("one value is expected")
	}
	return nil
}
