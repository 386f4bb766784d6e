// Packaging makes the packages of a release of what is committed: for Linux with and
// without the window, for Windows, for macOS and for containers, with the sums of all files and a
// list of what they are made of. The same commit gives the same bytes.
//
//	go run ./packaging -out dist
//	go run ./packaging -out dist -only headless
//
// What it calls besides Go: git, the C compilers of the windows, and two programs of others
// that are pinned here, which no program of ours is linked with: nfpm (MIT) for .deb and .rpm,
// and go-winres (0BSD) for the icons of Windows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"sluice/packaging/archive"
)

func main() {
	out := flag.String("out", "dist", "folder for the packages; what is there is replaced")
	only := flag.String("only", "", "make only these, separated by commas: "+strings.Join(names(), ", "))
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "packaging:", err)
		os.Exit(1)
	}
}

// part is one kind of package, of one program or several.
type part struct {
	name string
	make func(context.Context, *maker) error
}

var parts = []part{{"linux", makeLinux}, {"headless", makeHeadless}, {"windows", makeWindows}, {"macos", makeMac}}

func names() (names []string) {
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

func run(ctx context.Context, out, only string) (err error) {
	wanted := map[string]bool{}
	for _, name := range strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == ' ' }) {
		wanted[name] = true
	}
	m, err := newMaker(ctx, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(m.work)) }()
	for _, p := range parts {
		if len(wanted) > 0 && !wanted[p.name] {
			continue
		}
		delete(wanted, p.name)
		if err := p.make(ctx, m); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if len(wanted) == 0 && only != "" {
			break
		}
	}
	for name := range wanted {
		return fmt.Errorf("there is no part %q: there are %s", name, strings.Join(names(), ", "))
	}
	sums, err := archive.Sums(out)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, archive.SumsName), []byte(sums), 0o644)
}
