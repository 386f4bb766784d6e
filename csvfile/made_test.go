package csvfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMadeAsItIs: a table that was made is what it was made of, whatever its first cells would
// be taken for in a file of somebody else.
func TestMadeAsItIs(t *testing.T) {
	of := openContent(t, "a\n1\n")
	long := strings.Repeat("\x00", 200_000)
	for _, table := range [][][]string{
		{{"sep=,"}, {"x"}, {"y"}}, {{"sep=;", "b"}, {"1", "2"}}, {{"PAR1"}, {"x"}}, {{"PK\x03\x04"}, {"x"}}, {{"BZh91AY&SY"}, {"x"}},
		{{"\x1f\x8b\x08"}, {"x"}}, {{"SQLite format 3\x00"}, {"x"}}, {{"%PDF-"}, {"x"}}, {{"\ufeffa", "b"}, {"1", "2"}}, {{"#a"}, {"#b"}},
		{{"\x00\x01\x02"}, {"\x00\x00\x00\x00\x00\x00\x00\x00\x00"}}, {{"a"}, {long}, {""}}, {{"a"}}, {{""}, {""}, {""}}, {{"1", "2"}, {"3", "4"}},
		{{"a\rb", "c"}, {"x\ry", "1\r"}, {"\r", "\r\n"}}, {{"\xff\xfea"}, {"\xe9"}}, {{"<html>"}, {"{}"}}, {{"'a'", `"b"`}, {"'", `\"`}},
	} {
		m, err := Make(t.Context(), of, "test", table[0], func(add func([][]byte) error) error {
			for _, row := range table[1:] {
				var cells [][]byte
				for _, cell := range row {
					cells = append(cells, []byte(cell))
				}
				if err := add(cells); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Errorf("%.50q: %v", table, err)
			continue
		}
		got := [][]string{m.File.Header()}
		if err := EachRow(t.Context(), m.File, nil, func(r FullRow) error {
			var row []string
			for _, cell := range r.Cells {
				row = append(row, string(cell))
			}
			got = append(got, row)
			return nil
		}, nil); err != nil {
			t.Errorf("%.50q: %v", table, err)
		}
		if diff := cmp.Diff(table, got); diff != "" {
			t.Errorf("%.50q is (-want +got):\n%.500s", table, diff)
		}
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	}
}
