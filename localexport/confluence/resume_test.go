package confluence

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
)

// keeping is a Sink into memory that keeps a state at every range.
type keeping struct {
	files map[string]*keptFile
	from  map[string]keptState
}

type keptState struct {
	State
	bytes []byte
}

type keptFile struct {
	bytes.Buffer
	from *State
	kept []keptState
}

func (*keptFile) Commit() error  { return nil }
func (*keptFile) Close() error   { return nil }
func (f *keptFile) From() *State { return f.from }
func (*keptFile) Due() bool      { return true }
func (f *keptFile) Keep(s State) {
	f.kept = append(f.kept, keptState{s, slices.Clone(f.Bytes())})
}

func (k *keeping) open(name string) (Output, error) {
	f := &keptFile{}
	if s, ok := k.from[name]; ok {
		f.from, f.kept = &s.State, []keptState{s}
		f.Write(s.bytes)
	}
	if k.files == nil {
		k.files = map[string]*keptFile{}
	}
	k.files[name] = f
	return f, nil
}

// TestGoOn interrupts exports at random states of each file and goes on with
// other numbers of workers and the other engine: files, counts and warnings are
// those of an export without an interruption.
func TestGoOn(t *testing.T) {
	path := demoSnapshot(t, demo.Options{Pages: 1500, Seed: 8}).Path()
	alter(t, path, "UPDATE content SET spaceid = NULL WHERE contentid % 50 = 0", "UPDATE content SET creator = 'nobody' WHERE contentid % 70 = 0",
		"UPDATE content SET creationdate = NULL, lastmoddate = NULL WHERE contentid % 90 = 0")
	t.Run("keys are row numbers", func(t *testing.T) { goOn(t, path, Options{}) })
	t.Run("sorted keys", func(t *testing.T) { goOn(t, convert(t, path, forms[0]), Options{}) })
	alter(t, path, "UPDATE content SET lastmoddate = 'never' WHERE contentid % 60 = 0", `UPDATE "AO_7B47A5_EVENT" SET "EVENT_AT" = 'now' WHERE "ID" % 500 = 0`)
	t.Run("rejected rows", func(t *testing.T) { goOn(t, path, Options{SkipBadRows: true}) })
}

func goOn(t *testing.T, path string, base Options) {
	random := rand.New(rand.NewPCG(1, 2))
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	run := func(o Options, from map[string]keptState) (*keeping, Result) {
		t.Helper()
		k := &keeping{from: from}
		o.TempDir = t.TempDir()
		r, err := Export(t.Context(), s, o, k.open, nil)
		if err != nil {
			t.Fatal(err)
		}
		return k, r
	}
	base.From, base.Workers = time.Unix(0, 0), 2
	whole, want := run(base, nil)
	if base.SkipBadRows && whole.files[RejectedName].Len() < 1000 {
		t.Fatalf("rejected are\n%s", whole.files[RejectedName])
	}
	plan, err := MakePlan(t.Context(), s, Options{From: time.Unix(0, 0)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(whole.files["pages"].kept); n < 8 || len(want.Warnings) < 4 {
		t.Fatalf("too little to try: %d states, warnings %v", n, want.Warnings)
	}
	last := whole
	for try := range 6 {
		from := map[string]keptState{}
		stop := random.IntN(len(FileNames)) // the file in which it is interrupted
		for i, name := range FileNames[:stop+1] {
			if i < stop {
				from[name] = last.files[name].kept[len(last.files[name].kept)-1]
			} else if kept := last.files[name].kept; len(kept) > 1 {
				from[name] = kept[random.IntN(len(kept))]
			}
		}
		o := Options{Plan: &plan, SkipBadRows: base.SkipBadRows, Workers: 1 + try%4, SQLiteOnly: try%2 == 1}
		k, got := run(o, from)
		label := fmt.Sprintf("try %d: %s at key %d", try, FileNames[stop], from[FileNames[stop]].After)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", label, diff)
		}
		for name := range whole.files {
			if !bytes.Equal(k.files[name].Bytes(), whole.files[name].Bytes()) {
				t.Errorf("%s: %s differs: %s", label, name, firstDifference(k.files[name].Bytes(), whole.files[name].Bytes()))
			}
		}
		if last = k; try%3 == 2 { // chains are three long
			last = whole
		}
	}
}

func TestRest(t *testing.T) {
	splits := []int64{math.MinInt64, 10, 20, math.MaxInt64}
	for after, want := range map[int64]struct {
		left   []int64
		before int
	}{
		math.MinInt64: {splits, 0},
		5:             {[]int64{5, 10, 20, math.MaxInt64}, 0},
		10:            {[]int64{10, 20, math.MaxInt64}, 1},
		15:            {[]int64{15, 20, math.MaxInt64}, 1},
		math.MaxInt64: {[]int64{math.MaxInt64}, 3},
	} {
		left, before := rest(splits, after)
		if !slices.Equal(left, want.left) || before != want.before {
			t.Errorf("behind %d: %v and %d before, want %v and %d", after, left, before, want.left, want.before)
		}
	}
}

// TestZoneOfAPlan: a plan is gone on with in the same zone, and not at all if the
// rules of the zone are others.
func TestZoneOfAPlan(t *testing.T) {
	s := demoSnapshot(t, demo.Options{Pages: 20, Seed: 8})
	for _, zone := range []*time.Location{time.UTC, berlin, time.FixedZone("UTC+10:30", 37800), time.FixedZone("UTC-00:30", -1800)} {
		p, err := MakePlan(t.Context(), s, Options{From: time.Unix(0, 0), Location: zone}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := MakePlan(t.Context(), s, Options{Plan: &p}, nil); err != nil || zoneSum(again.Zone) != zoneSum(zone) {
			t.Errorf("%s: %+v, %v", zone, again, err)
		}
		p.ZoneSum = "other"
		if _, err := MakePlan(t.Context(), s, Options{Plan: &p}, nil); err == nil {
			t.Errorf("%s: gone on with other rules", zone)
		}
	}
}
