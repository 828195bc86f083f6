// Package specfile reads specifications, strictly and with places: instruments,
// plans and accounts in YAML or JSON.
//
//  1. [ReadFile] reads a file of bounded size.
//  2. [ReadYAML] decodes it by the tags of a struct and returns a [Checker], which
//     holds the problems of reading and the place of every value.
//  3. The owner of the struct goes on with [Checker.Expect], by the paths of keys,
//     and ends with [Checker.Err]: all problems at once. A value that could not be
//     read is not judged again.
//
// The YAML is plain: no anchors, aliases, tags or directives, and texts that some
// reader takes for something else have to be quoted.
package specfile
