//go:build linux

package main

import "fmt"

// build is a program that is measured: the one of this commit, and one beside it that takes
// turns with it, so that both meet the same machine.
type build struct {
	name string // of the columns
	path string
	n    int // its number, for folders of its own: an older one reads no newer files
}

func (b *bench) builds() []build {
	list := []build{{name: "Sluice", path: b.sluice}}
	if b.beside != "" {
		list = append(list, build{name: "the build beside it", path: b.beside, n: 1})
	}
	return list
}

// home is a folder of a build alone.
func (b *bench) home(of build, name string) string {
	return fmt.Sprintf("%s/home-%s-%d", b.dir, name, of.n)
}

// turns are the numbers of what is measured, in the order of a round: forth and back in turn,
// so that nothing is always first.
func turns(round, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
		if round%2 == 1 {
			list[i] = n - 1 - i
		}
	}
	return list
}
