package present

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/deliver"
)

// TestOwedIsSaid: what can be brought at once, what the next run fetches, what cannot be brought at
// all, and what was forgotten.
func TestOwedIsSaid(t *testing.T) {
	list := []deliver.Delivery{{Name: "share", Source: "a", To: "/mnt/share"}}
	never := func(deliver.Owed) time.Time { return time.Time{} }
	for name, c := range map[string]struct {
		owed            deliver.Owed
		says, forgotten string
		here            bool
		asks            []int64
	}{
		"here":           {deliver.Owed{Folders: []string{"/e/3", "/e/4"}}, "2 jobs are to be delivered yet.", "", true, []int64{3, 4}},
		"on a server":    {deliver.Owed{Unfetched: []int64{12}, Why: "no connection"}, "1 job is to be delivered yet. No connection. The next run of a schedule fetches what is on the server still.", "", false, []int64{12}},
		"gone":           {deliver.Owed{Unfetched: []int64{12}, Gone: []int64{12}, Why: "there is no folder"}, "1 job cannot be delivered, since its files are gone: job 12.", "", false, []int64{12}},
		"some are":       {deliver.Owed{Unfetched: []int64{12, 13, 14}, Gone: []int64{12, 13}}, "1 job is to be delivered yet. The next run of a schedule fetches what is on the server still. 2 jobs cannot be delivered, since their files are gone: jobs 12, 13.", "", false, []int64{12, 13}},
		"forgotten":      {deliver.Owed{Forgotten: []deliver.Forgotten{{Job: 5}, {Job: 2}}}, "", "2 jobs were forgotten, and not delivered: jobs 2, 5.", false, nil},
		"nothing at all": {},
	} {
		c.owed.Delivery = "share"
		row := DeliveryRows(list, []deliver.Owed{c.owed}, never, "a", time.UTC)[0]
		if row.Owed != c.says || row.Forgotten != c.forgotten || row.Here != c.here {
			t.Errorf("%s: %+v", name, row)
		}
		if q := ForgettingOf(c.owed); !slices.Equal(q.Jobs, c.asks) || len(c.asks) > 0 && (q.Title != "Forget what is to be delivered to share?" || !strings.HasSuffix(q.Text, deliver.Listed(c.asks)+". What there is of "+map[bool]string{true: "its", false: "their"}[len(c.asks) == 1]+" files stays.")) {
			t.Errorf("%s: asks %+v", name, q)
		}
	}
}
