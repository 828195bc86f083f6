// Package seal keeps raw data out of logs, errors and files.
//
// A type that holds raw answers embeds [Seal]. It then prints as the word
// sealed under every verb of package fmt and in every slog handler, and
// cannot be written as JSON, text, XML, YAML, gob or by another encoder of the
// standard library's interfaces.
//
// Package fmt calls no methods on the unexported fields of somebody else's
// struct; it prints what it finds there by reflection, and follows a pointer to
// a struct too when the verb does not suit pointers (%s, %q, %t). So a sealed
// type keeps its raw data in a [Box], and stays sealed inside any other value.
package seal
