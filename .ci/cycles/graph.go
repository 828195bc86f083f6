package main

import (
	"cmp"
	"go/types"
	"maps"
	"slices"
)

// uses are the names that a file uses of another one: by file, by file that
// declares them, in order. Every file of the package is there.
type uses map[string]map[string][]string

// dependencies finds out which names every file of a package uses of the others.
func dependencies(p checked) uses {
	seen := map[[3]string]bool{}
	u := uses{}
	for _, file := range p.files {
		u[p.fset.Position(file.Package).Filename] = map[string][]string{}
	}
	for ident, object := range p.info.Uses {
		if object.Pkg() != p.types || !object.Pos().IsValid() {
			continue
		}
		object = origin(object)
		from, to := p.fset.Position(ident.Pos()).Filename, p.fset.Position(object.Pos()).Filename
		name := qualified(object)
		if from != to && !seen[[3]string{from, to, name}] {
			seen[[3]string{from, to, name}] = true
			u[from][to] = append(u[from][to], name)
		}
	}
	for _, of := range u {
		for _, names := range of {
			slices.Sort(names)
		}
	}
	return u
}

// origin is the declaration behind a method or a field of an instantiated type.
func origin(object types.Object) types.Object {
	switch o := object.(type) {
	case *types.Func:
		return o.Origin()
	case *types.Var:
		return o.Origin()
	}
	return object
}

// qualified is a name, with that of its type for a method.
func qualified(object types.Object) string {
	f, ok := object.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return object.Name()
	}
	of := f.Signature().Recv().Type()
	if pointer, ok := of.(*types.Pointer); ok {
		of = pointer.Elem()
	}
	if named, ok := of.(*types.Named); ok {
		return named.Obj().Name() + "." + f.Name()
	}
	return f.Name()
}

// cycles are the strongly connected components with more than one file, the
// largest first, by Tarjan's algorithm (Depth-First Search and Linear Graph
// Algorithms, SIAM Journal on Computing 1, 1972).
func (u uses) cycles() [][]string {
	var out [][]string
	index, low, open := map[string]int{}, map[string]int{}, map[string]bool{}
	var stack []string
	var visit func(file string)
	visit = func(file string) {
		index[file] = len(index) + 1
		low[file], open[file] = index[file], true
		stack = append(stack, file)
		for _, to := range slices.Sorted(maps.Keys(u[file])) {
			if index[to] == 0 {
				visit(to)
				low[file] = min(low[file], low[to])
			} else if open[to] {
				low[file] = min(low[file], index[to])
			}
		}
		if low[file] != index[file] {
			return
		}
		at := slices.Index(stack, file)
		component := slices.Sorted(slices.Values(stack[at:]))
		stack = stack[:at]
		for _, f := range component {
			open[f] = false
		}
		if len(component) > 1 {
			out = append(out, component)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(u)) {
		if index[file] == 0 {
			visit(file)
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(b) - len(a) })
	return out
}

// edge says that a file uses another.
type edge struct{ from, to string }

// closing are edges between the files of a cycle without which there would be
// none: those that point back in an order in which few names do (Eades, Lin &
// Smyth, A Fast and Effective Heuristic for the Feedback Arc Set Problem,
// Information Processing Letters 47, 1993, with names counted as parallel edges).
// The fewest names come first.
func (u uses) closing(files []string) []edge {
	place := map[string]int{}
	for i, file := range u.order(files) {
		place[file] = i
	}
	var back []edge
	for _, from := range files {
		for to := range u[from] {
			if at, ok := place[to]; ok && at < place[from] {
				back = append(back, edge{from, to})
			}
		}
	}
	slices.SortFunc(back, func(a, b edge) int {
		return cmp.Or(
			len(u[a.from][a.to])-len(u[b.from][b.to]),
			cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to),
		)
	})
	return back
}

// order puts files that use others before these. Again and again it takes a file
// that nobody left uses to the front, or one that uses nobody left to the end, or
// else the one that uses the most names more than are used of it to the front.
func (u uses) order(files []string) []string {
	left := slices.Clone(files)
	var front, end []string
	for len(left) > 0 {
		best, most, last := 0, 0, false
		for i, file := range left {
			var out, in int
			for _, other := range left {
				out += len(u[file][other])
				in += len(u[other][file])
			}
			if in == 0 || out == 0 {
				best, last = i, in > 0
				break
			}
			if i == 0 || out-in > most {
				best, most = i, out-in
			}
		}
		if last {
			end = append(end, left[best])
		} else {
			front = append(front, left[best])
		}
		left = slices.Delete(left, best, best+1)
	}
	slices.Reverse(end)
	return append(front, end...)
}
