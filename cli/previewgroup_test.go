package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const groupText = "id,space,size,updated\n1,ENG,10,2026-01-05T10:00:00Z\n2,OPS,0.1,2026-02-01T00:30:00+01:00\n3,ENG,0.2,2026-02-02\n4,,x,soon\n5,ENG,,\n"

// TestPreviewGroup: groups come as a table and as JSON, and what took no part is said.
func TestPreviewGroup(t *testing.T) {
	isolate(t)
	path := fileOf(t, "pages.csv", []byte(groupText))
	type page struct {
		Header []string
		Rows   [][]string
		At     int64
		Total  int64
		Order  string
		Zone   string
		Notes  []string
	}
	const utc = "months are those of UTC, and times without a zone are taken as UTC"
	for _, c := range []struct {
		args []string
		want page
	}{
		{[]string{"--group", "space"}, page{Header: []string{"space", "count"}, Rows: [][]string{{"ENG", "3"}, {"OPS", "1"}, {"", "1"}}, Total: 3, Order: "count"}},
		{[]string{"--group", "space,month(updated)", "--agg", "count,sum(size),max(updated)"}, page{
			Header: []string{"space", "month(updated)", "count", "sum(size)", "max(updated)"},
			Rows: [][]string{{"ENG", "2026-01", "1", "10", "2026-01-05T10:00:00Z"}, {"ENG", "2026-02", "1", "0.2", "2026-02-02"},
				{"ENG", "", "1", "", ""}, {"OPS", "2026-01", "1", "0.1", "2026-02-01T00:30:00+01:00"}, {"", "(no time)", "1", "", "soon"}},
			Total: 5, Order: "keys", Zone: "UTC", Notes: []string{utc, "month(updated): one cell is no time: its row is in the group (no time)", "sum(size): one cell is no number, and is left out"}}},
		{[]string{"--group", "space", "--rows", "1", "--at", "-1"}, page{Header: []string{"space", "count"}, Rows: [][]string{{"", "1"}}, At: 2, Total: 3, Order: "count",
			Notes: []string{"1 of 3 groups are shown, from group 3 on: --rows and --at show others"}}},
	} {
		code, out, errs := runProgram(t, append([]string{"preview", path, "--json"}, c.args...)...)
		var got page
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDone {
			t.Fatalf("exit code %d, %v: %s", code, err, errs)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.args, diff)
		}
		said := ""
		for _, n := range c.want.Notes {
			said += "note: " + n + "\n"
		}
		if errs != said {
			t.Errorf("%v says %q, want %q", c.args, errs, said)
		}
		code, out, errs = runProgram(t, append([]string{"preview", path}, c.args...)...)
		if lines := strings.Count(out, "\n"); code != exitDone || lines != 1+len(c.want.Rows) || errs != said {
			t.Errorf("exit code %d, %q, %q", code, out, errs)
		}
	}
}

// TestPreviewGroupMany: a table shows the first thousand groups and says so, JSON has all.
func TestPreviewGroupMany(t *testing.T) {
	isolate(t)
	path := csvOf(t, 2500)
	_, out, errs := runProgram(t, "preview", path, "--group", "id")
	if strings.Count(out, "\n") != 1001 || errs != "note: 1,000 of 2,500 groups are shown, from group 1 on: --rows and --at show others\n" {
		t.Errorf("%d lines, %q", strings.Count(out, "\n"), errs)
	}
	code, out, errs := runProgram(t, "preview", path, "--group", "id", "--json")
	var all struct{ Rows [][]string }
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all.Rows) != 2500 || code != exitDone || errs != "" {
		t.Errorf("%d groups, exit code %d, %v, %q", len(all.Rows), code, err, errs)
	}
}

func TestPreviewGroupRefuses(t *testing.T) {
	isolate(t)
	path := fileOf(t, "pages.csv", []byte(groupText))
	for says, args := range map[string][]string{
		`"spce": there is no such column; the nearest is space`: {"--group", "spce"},
		"leave one of them out":                                 {"--group", "space", "--count"},
		"--find looks for rows":                                 {"--group", "space", "--find", "x"},
		"what to group by":                                      {"--agg", "count"},
		"nothing to ask of a group":                             {"--group", "space", "--agg", "size"},
	} {
		if code, out, errs := runProgram(t, append([]string{"preview", path}, args...)...); code != exitUsage || out != "" || !strings.Contains(errs, says) {
			t.Errorf("%v: exit code %d, %q, %q", args, code, out, errs)
		}
	}
	if code, _, errs := runProgram(t, "preview", path, "--group", "space", "--at", "3"); code != exitFailed || !strings.Contains(errs, "there are 3 groups") {
		t.Errorf("exit code %d, %q", code, errs)
	}
	damaged := packedFile(t, groupText, func(b []byte) []byte { b[len(b)-7] ^= 1; return b })
	code, out, errs := runProgram(t, "preview", damaged, "--group", "space", "--json")
	var got struct {
		Rows     [][]string
		Complete bool
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitFailed || got.Complete || fmt.Sprint(got.Rows) != "[[ENG 3] [OPS 1] [ 1]]" || !strings.Contains(errs, "checksum") {
		t.Errorf("of a damaged file: exit code %d, %v, %+v, %q", code, err, got, errs)
	}
}
