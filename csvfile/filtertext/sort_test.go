package filtertext

import (
	"fmt"
	"strings"
	"testing"

	"sluice/csvfile"
)

func TestParseSort(t *testing.T) {
	header := []string{"id", "Space Key", "a,b", "when", "x:desc", "when", "say \"hi\""}
	for text, want := range map[string]string{
		"id":                       "[{0 0 false}]",
		"ID:desc":                  "[{0 0 true}]",
		"id:number:desc":           "[{0 3 true}]",
		"Space Key:DESC, id:bytes": "[{1 0 true} {0 2 false}]",
		`"a,b":time:asc`:           "[{2 4 false}]",
		"x:desc":                   "[{4 0 false}]",
		`"x:desc":desc`:            "[{4 0 true}]",
		"#4:text,#6":               "[{3 1 false} {5 0 false}]",
		`"say ""hi""":desc`:        "[{6 0 true}]",
	} {
		if got, err := ParseSort(text, header); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s is %v, %v; want %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":            "a column is missing",
		"id,":         "a column is missing",
		":desc":       "a column is missing",
		"idd":         "the nearest is id",
		"when":        "several columns are called so",
		"id:up":       "says nothing of how to sort by id",
		"id,#1:desc":  "id stands there twice",
		"#9":          "#9",
		`"id`:         "quote",
		`"id" x:desc`: "comma",
	} {
		if got, err := ParseSort(text, header); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is %v, %v; want an error with %q", text, got, err, want)
		}
	}
	for kind, word := range map[csvfile.SortKind]string{csvfile.SortText: "text", csvfile.SortTime: "time", csvfile.SortBytes: "bytes", csvfile.SortNumber: "number"} {
		k := csvfile.SortKey{}
		if sortWords[word](&k); SortWord(kind) != word || k.Kind != kind {
			t.Errorf("%d is %s, %+v", kind, SortWord(kind), k)
		}
	}
}
