package pglive

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"sluice/takes/feed"
)

// fake is a server that answers a query by the first of its answers that is about it.
// What only sets something is always taken.
type fake struct {
	t       *testing.T
	answers []answer

	mu    sync.Mutex
	asked []string
}

type answer struct {
	about string     // text that stands in the query
	rows  [][]string // of a query; null is a null
	copy  []string   // pieces of a COPY
	code  string     // of an error, behind these
	cut   bool       // the connection ends here
	once  bool       // it answers once only
}

const null = `\N`

// options reach the server.
func (f *fake) options() Options {
	return Options{Address: "postgres://reader@db:5433/wiki?sslmode=disable", Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go f.serve(theirs)
		return ours, nil
	}}
}

func (f *fake) serve(c net.Conn) {
	defer c.Close()
	b := pgproto3.NewBackend(c, c)
	if _, err := b.ReceiveStartupMessage(); err != nil {
		return
	}
	b.Send(&pgproto3.AuthenticationOk{})
	b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	for b.Flush() == nil {
		message, err := b.Receive()
		if err != nil {
			return
		}
		q, ok := message.(*pgproto3.Query)
		if !ok || !f.answer(b, q.String) {
			return
		}
		b.Send(&pgproto3.ReadyForQuery{TxStatus: 'T'})
	}
}

// answer reports false if the connection ends.
func (f *fake) answer(b *pgproto3.Backend, sql string) bool {
	a := f.find(sql)
	n := 0
	switch {
	case a.copy != nil:
		b.Send(&pgproto3.CopyOutResponse{})
		for _, piece := range a.copy {
			n += strings.Count(piece, "\n")
			b.Send(&pgproto3.CopyData{Data: []byte(piece)})
		}
	case a.rows != nil:
		b.Send(&pgproto3.RowDescription{Fields: make([]pgproto3.FieldDescription, len(a.rows[0]))})
		for _, row := range a.rows {
			values := make([][]byte, len(row))
			for i, v := range row {
				if v != null {
					values[i] = []byte(v)
				}
			}
			b.Send(&pgproto3.DataRow{Values: values})
		}
	}
	switch {
	case a.cut:
		_ = b.Flush()
		return false
	case a.code != "":
		b.Send(&pgproto3.ErrorResponse{Severity: "ERROR", Code: a.code, Message: "as it says"})
		return true
	case a.copy != nil:
		b.Send(&pgproto3.CopyDone{})
	}
	b.Send(&pgproto3.CommandComplete{CommandTag: fmt.Appendf(nil, "COPY %d", n)})
	return true
}

func (f *fake) find(sql string) answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, sql)
	for i, a := range f.answers {
		if strings.Contains(sql, a.about) {
			if a.once {
				f.answers = slices.Delete(slices.Clone(f.answers), i, i+1)
			}
			return a
		}
	}
	if first, _, _ := strings.Cut(sql, " "); !slices.Contains([]string{"BEGIN", "SET", "COMMIT"}, first) {
		f.t.Errorf("nobody expects the query %s", sql)
	}
	return answer{}
}

// database is one that is connected to the fake.
func (f *fake) database() *database {
	f.t.Helper()
	clean(f.t)
	d, err := connect(f.t.Context(), f.options())
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(d.close)
	return d
}

// queries are those that were asked with a text in them.
func (f *fake) queries(about string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.asked), func(s string) bool { return !strings.Contains(s, about) })
}

// wish is what is needed: one table, with a mark for its bodies.
type wish struct{}

func (wish) Tables() []string          { return []string{"bodycontent"} }
func (wish) Columns(string) []string   { return []string{"id", "body"} }
func (wish) Marked(string) feed.Marked { return feed.Marked{Mark: "sluice_mark", Value: "body"} }
