package record_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
)

func TestWithoutNUL(t *testing.T) {
	for text, want := range map[string]string{"": "", "a": "a", "a\x00b\x00": "a\uFFFDb\uFFFD"} {
		got, replaced := record.WithoutNUL([]byte(text))
		if string(got) != want || replaced != (text != want) {
			t.Errorf("%q becomes %q, replaced %v", text, got, replaced)
		}
	}
}

// labels are the texts of lists.
type labels []string

func (l labels) Len() int            { return len(l) }
func (l labels) Text(i int32) []byte { return []byte(l[i]) }

// Two records are encoded, the second of them is thought better of, and a file is
// written.
func Example() {
	file := columns.File{Name: "things", Columns: []columns.Column{
		{Name: "id", Type: columns.TypeID, Key: true},
		{Name: "space", Type: columns.TypeText, Holds: columns.HoldsSpaceKey},
		{Name: "labels", Type: columns.TypeList, Holds: columns.HoldsLabel},
		{Name: "at", Type: columns.TypeTime, Nullable: true},
	}}
	var format record.Format = csv.New(csv.Options{})
	eng := format.Share(columns.HoldsSpaceKey, []byte("ENG"))
	words := format.Words(columns.HoldsLabel, labels{"a", "b"})
	var out strings.Builder
	w, err := format.Writer(&out, file, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	e := format.Encoder(file)
	e.Reuse(nil)
	e.Int(98305)
	e.Shared(eng)
	e.BeginList(words, 2)
	e.Item(0)
	e.Item(1)
	e.EndList()
	e.Time(1_700_000_000, 0)
	e.EndRecord()
	begin := e.Mark()
	e.Int(98306)
	e.Rewind(begin)
	if _, err = w.Append(e.Take()); err == nil {
		err = w.End()
	}
	fmt.Println(strings.ReplaceAll(out.String(), "\r\n", "\n"), err)
	// Output:
	// id,space,labels,at
	// 98305,ENG,"[""a"", ""b""]",2023-11-14T22:13:20Z
	//  <nil>
}
