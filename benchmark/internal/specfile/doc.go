// Package specfile reads files into structs, strictly and with places:
// specifications in YAML, of which JSON is a part, and documents in JSON.
//
//  1. [ReadFile] reads a file of bounded size.
//  2. [ReadYAML] decodes a specification by the yaml tags of a struct and returns a
//     [Checker], which holds the problems of reading and the place of every value.
//  3. The owner of the struct goes on with [Checker.Expect], by the paths of keys,
//     and ends with [Checker.Err]: all problems at once. A value that could not be
//     read is not judged again.
//
// [ReadJSON] decodes a document by json tags, and [Forms] say what tags cannot. It
// ends with the problems of reading, since what a document must hold is checked for
// documents made in Go as well. Both make a tree of nodes of their text and share
// everything behind it, so that a new key is a field with a tag.
//
// The YAML is plain: no anchors, aliases, tags or directives, and texts that
// another reader of YAML takes for something else have to be quoted.
package specfile
