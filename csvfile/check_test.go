package csvfile

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"sluice/csvfile/internal/block"
	"sluice/figures"
)

func checked(t *testing.T, f *File) Info {
	t.Helper()
	f.StartCheck(context.Background())
	<-f.CheckDone()
	if p := f.CheckProgress(); !p.Done || p.Err != nil || p.Bytes != p.TotalBytes {
		t.Fatalf("checking ended: %+v", p)
	}
	return f.Info()
}

func TestCheck(t *testing.T) {
	big := strings.Repeat("ä", maxWhole) // 2 MB, cut in the middle of runes by pieces
	for _, c := range []struct {
		name, content string
		want          []Finding
	}{
		{"clean", "a,b\n1,2\n3,\"x\ny\"\n4,\"" + big + "\"\n", nil},
		{"ragged and blank", "a,b\n1\n1,2\n\n1,2,3\n", []Finding{
			{Kind: RaggedRow, Count: 2, Places: []Place{{0, 4}, {3, 11}}},
			{Kind: BlankRow, Count: 1, Places: []Place{{2, 10}}},
		}},
		{"nul and invalid", "a,b\n1,\x00\n\xff,2\n1,\xc3\n", []Finding{
			{Kind: NULByte, Count: 1, Places: []Place{{0, 4}}},
			{Kind: InvalidUTF8, Count: 2, Places: []Place{{1, 8}, {2, 12}}},
		}},
		{"invalid giant", "a,b\n1,\"" + big + "\xc3\"\n2,\"" + big + "\x00\"\n", []Finding{
			{Kind: NULByte, Count: 1, Places: []Place{{1, int64(4 + 3 + len(big) + 3)}}},
			{Kind: InvalidUTF8, Count: 1, Places: []Place{{0, 4}}},
		}},
		{"the header again", "a,b\n1,2\na,b\n\ufeff\"a\",b\na,B\na\n", []Finding{
			{Kind: StrayQuote, Count: 1, Places: []Place{{2, 15}}},
			{Kind: RaggedRow, Count: 1, Places: []Place{{4, 25}}},
			{Kind: RepeatedHeader, Count: 2, Places: []Place{{1, 8}, {2, 12}}},
		}},
		{"CRs late", "a,b\n" + strings.Repeat("1,2\r\n", 20_000) + "3,x\ry\n4,\"x\ry\"\r\n5,\"x\"\"\r\"\n6,\r", []Finding{
			{Kind: OddEnds, Count: 1, Places: []Place{{20_000, 100_004}}},
		}},
		{"stray", "a,b\n1,x\"y\n\"z\"z,2\n1,\"\"\"ok\"\"\"\n", []Finding{
			{Kind: StrayQuote, Count: 2, Places: []Place{{0, 7}, {1, 12}}},
		}},
		{"unclosed", "a,b\n1,2\n1,\"x\ny,z\n" + strings.Repeat("x\"\"y\n", 20000), []Finding{
			{Kind: UnclosedQuote, Count: 1, Places: []Place{{1, 10}}},
		}},
		{"unclosed in the header", "a,\"b\n1,2\n", []Finding{
			{Kind: UnclosedQuote, Count: 1, Places: []Place{{-1, 2}}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := openContent(t, c.content, WithReading(Reading{Encoding: "utf-8", Quote: `"`, Header: "yes"}))
			i := checked(t, f)
			if !i.Checked || !reflect.DeepEqual(i.Findings, c.want) {
				t.Fatalf("found %v, want %v", i.Findings, c.want)
			}
			for _, fi := range c.want {
				if fi.Kind == RaggedRow && i.RaggedRows != fi.Count || fi.Kind == BlankRow && i.BlankRows != fi.Count {
					t.Errorf("%d ragged, %d blank", i.RaggedRows, i.BlankRows)
				}
			}
		})
	}
}

// TestStrayPlace: indexing alone tells where the first stray quote is.
func TestStrayPlace(t *testing.T) {
	content := makeCSV("quoted", 3*block.Size, 1)
	rows := int64(len(reference([]byte(content), ',')) - 1)
	content += "1,2\" disk,3\r\n" + makeCSV("quoted", 2*block.Size, 2)
	f := openContent(t, content)
	indexed(t, f)
	i := f.Info()
	want := []Finding{{Kind: StrayQuote, Count: 1, Places: []Place{{rows, int64(strings.Index(content, "\" disk"))}}}}
	if !i.Foreign || !reflect.DeepEqual(i.Findings, want) {
		t.Fatalf("found %v, want %v", i.Findings, want)
	}
	if s := want[0].String(); s != fmt.Sprintf("a quote stands in the middle of a cell: row %d, at byte %d", figures.N(rows+1), figures.N(want[0].Places[0].Offset)) {
		t.Errorf("it reads %q", s)
	}
}

func TestCheckCancelled(t *testing.T) {
	f := openContent(t, "a,b\n1\n"+makeCSV("plain", 3<<20, 1))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f.StartCheck(ctx)
	<-f.CheckDone()
	if p := f.CheckProgress(); p.Done || !errors.Is(p.Err, context.Canceled) {
		t.Fatalf("cancelled check: %+v", p)
	}
	checked(t, f)
}
