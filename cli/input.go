package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/csvfile"
	"sluice/figures"
	"sluice/intake/web"
	"sluice/visible"
)

// inputFlags say where the bytes of a table come from.
type inputFlags struct {
	Yes    bool   `help:"Fetch an http or https address without asking first."`
	Member string `placeholder:"NAME" help:"The file of a zip archive to read; without it the first table in it."`
}

// inputMapper reads a name that may be that of a file, of the standard input (-), or an
// http or https address.
type inputMapper struct{ pathMapper }

// Decode sets the target to the name.
func (m inputMapper) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	text, _ := ctx.Scan.Peek().Value.(string)
	switch {
	case text == csvfile.StandardInput:
	case web.IsAddress(text):
		if err := web.Check(text); err != nil {
			return err
		}
	default:
		return m.pathMapper.Decode(ctx, target)
	}
	ctx.Scan.Pop()
	target.SetString(text)
	return nil
}

// inputName is what an input is called in sentences.
func inputName(name string) string {
	switch {
	case name == csvfile.StandardInput:
		return "the standard input"
	case web.IsAddress(name):
		return web.Shown(name)
	}
	return name
}

// open opens what is named.
func (f inputFlags) open(c *call, name string, opts ...csvfile.Option) (*csvfile.File, error) {
	switch {
	case name == csvfile.StandardInput:
		in := struct{ io.Reader }{os.Stdin} // which is not ours to close
		spool, err := csvfile.NewSpool(inputName(name), in, -1, opts...)
		if err != nil {
			return nil, err
		}
		return csvfile.OpenSpool(c.ctx, spool, inputName(name), opts...)
	case web.IsAddress(name):
		return f.fetch(c, name, opts...)
	}
	return csvfile.Open(c.ctx, name, opts...)
}

// fetch opens what a server has, once that is allowed.
func (f inputFlags) fetch(c *call, name string, opts ...csvfile.Option) (*csvfile.File, error) {
	shown := web.Shown(name)
	if err := f.mayFetch(c, shown); err != nil {
		return nil, err
	}
	answer, err := web.Fetch(c.ctx, name)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", shown, err)
	}
	size := "of unknown size"
	if answer.Size >= 0 {
		size = figures.Size(answer.Size)
	}
	from := ""
	if answer.From != shown {
		from = ", which " + answer.From + " has"
	}
	visible.Fprintf(c.program.Err, "note: fetching %s%s, %s\n", shown, from, size)
	spool, err := csvfile.NewSpool(shown, answer.Body, answer.Size, opts...)
	if err != nil {
		return nil, errors.Join(err, answer.Body.Close())
	}
	return csvfile.OpenSpool(c.ctx, spool, shown, opts...)
}

// mayFetch asks whether something may be fetched, unless that was said.
func (f inputFlags) mayFetch(c *call, shown string) error {
	if f.Yes {
		return nil
	}
	t := openTerminal(c.program.Err)
	if t == nil {
		return usageError{fmt.Errorf("%s would be fetched from the network, and there is no terminal to ask whether it may be: give --yes", shown)}
	}
	yes, err := t.agrees(c.ctx, fmt.Sprintf("Fetch %s? [y/N] ", shown))
	if err != nil {
		return err
	}
	if !yes {
		return fmt.Errorf("%s was not fetched", shown)
	}
	return nil
}

// agrees asks a question, and reports whether the answer is yes.
func (t *terminal) agrees(ctx context.Context, question string) (bool, error) {
	visible.Fprintf(t.out, "%s", question)
	answered := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(t.in).ReadString('\n') // the end of the input is a no
		answered <- line
	}()
	select {
	case line := <-answered:
		line = strings.ToLower(strings.TrimSpace(line))
		return line == "y" || line == "yes", nil
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}
