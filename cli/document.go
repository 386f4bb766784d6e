package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sluice/client"
	"sluice/pipeline"
	"sluice/wording"
)

// problem is an error in the JSON of a command.
type problem struct {
	Kind    string `json:"kind"`            // of the table of exit codes: stable, for programs
	Cause   string `json:"cause,omitempty"` // of a failure to talk to a server: which one, such as "timeout"
	Message string `json:"message"`
	Hint    string `json:"hint"` // what to do; "" if there is nothing to advise
}

// advised is an error that knows what to do about it, and says so at the end of its
// text.
type advised interface{ Advice() string }

// hintedError adds to an error what to do about it on the command line.
type hintedError struct {
	error
	hint string
}

func (e hintedError) Error() string  { return behindSentence(e.error.Error(), e.hint) }
func (e hintedError) Unwrap() error  { return e.error }
func (e hintedError) Advice() string { return e.hint }

// behindSentence puts one sentence behind another.
func behindSentence(s, next string) string {
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, ".") {
		return s + " " + next
	}
	return s + ". " + next
}

// problemOf takes the error of a command apart.
func problemOf(err error) problem {
	p := problem{Kind: kindOf(exitCode(err)), Message: err.Error()}
	if e := (*client.Error)(nil); errors.As(err, &e) {
		p.Cause = e.Code()
	}
	var hints []string
	for _, hint := range advices(err) {
		if hint == "" || slices.Contains(hints, hint) {
			continue
		}
		hints = append(hints, hint)
		p.Message = strings.Replace(p.Message, hint, "", 1)
	}
	slices.Reverse(hints) // the innermost is the nearest to the cause
	p.Message = strings.TrimRight(p.Message, " .:;(")
	for i, hint := range hints {
		hints[i] = wording.Capital(strings.TrimSuffix(hint, "."))
	}
	p.Hint = strings.Join(hints, ". ")
	return p
}

// advices are those of an error and of all that it wraps, the outermost first.
func advices(err error) (all []string) {
	if a, ok := err.(advised); ok {
		all = append(all, a.Advice())
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			all = append(all, advices(inner)...)
		}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			all = append(all, advices(inner)...)
		}
	}
	return all
}

// listedFile is a file of a complete export in JSON.
type listedFile struct {
	Name   string `json:"name"` // "users", "spaces", "pages", "comments", "analytics_events"
	Path   string `json:"path"`
	Rows   int64  `json:"rows"` // data records; -1 if not known
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func listFiles(files []pipeline.File) []listedFile {
	list := make([]listedFile, len(files))
	for i, f := range files {
		list[i] = listedFile{f.Name, f.Path, f.Rows, f.Bytes, f.SHA256}
	}
	return list
}

// document prints v, a JSON object, as what the command has to say, with the member
// "error" if the command failed all the same. It returns err, and why the document
// could not be printed. Where no document is printed the end of the program prints
// one of the error alone.
func (c *call) document(v any, err error) error {
	c.documented = true
	return errors.Join(err, c.printDocument(v, err))
}

// jobDocument prints a job as document does. One that is complete comes with its
// files, if they are on this computer.
func (c *call) jobDocument(job pipeline.Job, files []pipeline.File, err error) error {
	kept := pipeline.Kept(job)
	if err != nil || len(files) == 0 || job.Status != pipeline.Completed {
		return c.document(kept, err)
	}
	with, err := withMember(kept, "files", listFiles(files))
	if err != nil {
		return err
	}
	return c.document(with, nil)
}

func (c *call) printDocument(v any, err error) error {
	if told := withoutOutput(err); told != nil {
		with, broken := withMember(v, "error", problemOf(told))
		if broken != nil {
			return broken
		}
		v = with
	}
	return printJSON(c.program.Out, v)
}

// withMember is the JSON object v with one more member at its end, in place of one of
// that name: what a server sends may have it, too, and a name stands there once.
func withMember(v any, name string, value any) (json.RawMessage, error) {
	object, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	member, err := json.Marshal(map[string]any{name: value})
	if err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	if object, err = withoutMember(object, name); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	object = bytes.TrimSuffix(object, []byte("}"))
	if len(object) > 1 {
		object = append(object, ',')
	}
	return append(object, bytes.TrimPrefix(member, []byte("{"))...), nil
}

// withoutMember is the JSON object without the members of a name, and otherwise as it
// stands.
func withoutMember(object []byte, name string) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	if _, err := d.Token(); err != nil { // the brace
		return nil, err
	}
	left := []byte("{")
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if key == name {
			continue
		}
		quoted, err := json.Marshal(key)
		if err != nil {
			return nil, err
		}
		if len(left) > 1 {
			left = append(left, ',')
		}
		left = append(append(append(left, quoted...), ':'), value...)
	}
	return append(left, '}'), nil
}
