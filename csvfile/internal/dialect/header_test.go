package dialect

import (
	"strings"
	"testing"
)

// TestHeader: whether the first record names the columns, and whether anything in the
// text tells that.
func TestHeader(t *testing.T) {
	for _, c := range []struct {
		name, text   string // cells with commas, records with line feeds
		header, sure bool
	}{
		{"nothing", "", false, true},
		{"one record of words", "name,place", true, false},
		{"one record with a number", "name,1", false, false},
		{"one record, a word twice", "a,a", false, false},
		{"text over numbers", "name,age\nAnn,31\nBen,45", true, true},
		{"text over times", "name,born\nAnn,2001-02-03\nBen,2004-05-06", true, true},
		{"numbers alone", "1,2\n3,4", false, true},
		{"a row as the others", "Ann,31\nBen,45\nCid,12", false, true},
		{"text over text", "Name,Place\nAnn,Ulm\nBen,Bonn", true, false},
		{"identifiers over text", "first_name,place\nAnn,Ulm\nBen,Bonn", true, true},
		{"identifiers over such", "one,two\nthree,four", true, false},
		{"years over numbers", "city,1990,2000\nUlm,10,12\nBonn,30,28", true, true},
		{"dates over numbers", "city,31.01.2026,28.02.2026\nUlm,10,12\nBonn,30,28", true, true},
		{"years over years", "Ulm,1990,2000\nBonn,1991,2001", false, true},
		{"counting over numbers", "city,1,2,3\nUlm,7,9,4\nBonn,3,5,6", true, false},
		{"more names than numbers", "a,b,7\n1,2,3\n4,5,6", true, false},
		{"empty cells say nothing", "Name,Age\nAnn,\nBen,", true, false},
		{"amounts below amounts", "Ann,$31.50\nBen,$4.00", false, true},
		{"text over amounts", "Name,Paid\nAnn,$31.50\nBen,$4.00", true, true},
		{"addresses below addresses", "https://a.example/x,Ann\nhttps://b.example/yz?q=1,Ben", false, true},
		{"mail below mail", "ann@a.example,Ann\nb.c@d.example,Ben", false, true},
		{"text over mail", "Mail,Who\nann@a.example,Ann\nb.c@d.example,Ben", true, true},
		{"ids below ids", "3f2504e0-4f89-11d3-9a0c-0305e82c3301,Ann\n9b2504e0-4f89-41d3-9a0c-0305e82c33ff,Ben", false, true},
		{"truth below truth", "Ann,true,x\nBen,false,y", false, true},
		{"text over truth", "Name,On\nAnn,true\nBen,False", true, true},
		{"dates of another country", "1/31/2026,Ann\n12/1/2026,Ben", false, true},
		{"text over such dates", "When,Who\n1/31/2026 3:05 PM,Ann\n12/1/2026 11:59 AM,Ben", true, true},
		{"times to the millisecond", "2026-01-31 08:30:00.123,Ann\n2026-01-31 08:30:01.005,Ben", false, true},
		{"no values of a database", "Ann,NULL,x\nBen,7,y", false, true},
		{"others of it", "Ann,\\N,x\nBen,7,y", false, true},
		{"names with numbers over such", "h1,h2\na1,b2\na3,b4", true, false},
		{"one such value", "Ann,12 Main St.\nBen,5-7 High Rd", true, false},
		{"texts of several shapes", "Ann,a-1\nBen,b 2-x\nCid,c", true, false},
		{"keys below keys", "ENG-1,Ann\nOPS-22,Ben", false, true},
		{"text over keys", "Key,Who\nENG-1,Ann\nOPS-22,Ben", true, true},
		{"empty lines are no rows", "\nname,age\n\nAnn,31\nBen,45", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows [][]string
			for line := range strings.SplitSeq(c.text, "\n") {
				if line == "" {
					rows = append(rows, nil)
					continue
				}
				rows = append(rows, strings.Split(line, ","))
			}
			if header, sure := looksLikeHeader(rows); header != c.header || sure != c.sure {
				t.Errorf("header %v, sure %v, want %v, %v", header, sure, c.header, c.sure)
			}
		})
	}
	long := [][]string{{strings.Repeat("x", mostOfName+1)}, {"1"}}
	if header, sure := looksLikeHeader(long); header || !sure {
		t.Error("a cell that is longer than names are passes for one")
	}
}

func TestKindOfCell(t *testing.T) {
	for kind, cells := range map[cellKind]string{
		emptyCell:  "|  |\t",
		numberCell: "0|-1|+2.5|1,234.5|1'000|12.345.678|3e8|-1.5E-3|7%| 8 |0,5",
		timeCell:   "12:30|12:30:59|2026-02|2026-02-28|2026/02/28|28.02.2026|02/28/2026|2026-02-28 12:30:59|2026-02-28T12:30:59|2026-02-28T12:30:59Z|2026-02-28T12:30:59.123+01:00|2026-02-28T12:30:59+0100",
		textCell:   "a|1a|e5|--1|1e|1e2e3|%5|5%5|2026-02-30|99:99|1-2|-|.|n/a|99.99.2026|12 March 2026",
	} {
		for cell := range strings.SplitSeq(cells, "|") {
			if got := kindOfCell(cell); got != kind {
				t.Errorf("%q is of kind %d, want %d", cell, got, kind)
			}
		}
	}
	if kindOfCell(strings.Repeat("1", 10_000)) != numberCell {
		t.Error("a long number is none")
	}
}
