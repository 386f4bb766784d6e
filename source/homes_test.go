package source

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var early, late = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func TestWhatIsNotedGoesWithItsHome(t *testing.T) {
	s := Source{Home: "/a", Reached: map[int64]time.Time{1: early}}
	other := s.At("/b/").Noted("/b", 1, late)
	if got := other.Homes(); !cmp.Equal(got, []string{"/b", "/a"}) || !other.ReachedBy(1).Equal(late) {
		t.Errorf("elsewhere: %v, job 1 reached %v", got, other.ReachedBy(1))
	}
	back := other.At("/a")
	if got := back.Homes(); !cmp.Equal(got, []string{"/a", "/b"}) || !back.ReachedBy(1).Equal(early) {
		t.Errorf("back again: %v, job 1 reached %v", got, back.ReachedBy(1))
	}
	if s.Reached[1] != early || len(s.Others) != 0 {
		t.Errorf("the first has changed: %+v", s)
	}
	noted := s.Knowing("/b").Noted("/b", 7, late)
	if noted.Home != "/a" || len(noted.Others) != 1 || !noted.ReachedBy(7).IsZero() || !noted.Others[0].Reached[7].Equal(late) {
		t.Errorf("noted of another home: %+v", noted)
	}
	if same := s.Knowing("/a"); len(same.Others) != 0 {
		t.Errorf("its own home is another one: %+v", same)
	}
}

// TestTwoWindowsLoseNoHome: each writes the list with what it knows.
func TestTwoWindowsLoseNoHome(t *testing.T) {
	s := Source{ID: "1", Home: "/a", Reached: map[int64]time.Time{1: early}}
	here := List{s.Knowing("/b").Noted("/b", 1, early).clone()}
	there := List{s.Knowing("/c").Noted("/a", 2, late).Noted("/a", 1, late)}
	all, err := Merged(List{s}, here, there)
	if err != nil {
		t.Fatal(err)
	}
	got := all[0]
	want := Source{ID: "1", Home: "/a", Reached: map[int64]time.Time{1: late, 2: late}, // noted anew there
		Others: []Home{{Path: "/c"}, {"/b", map[int64]time.Time{1: early}}}}
	if got.Home != want.Home || len(got.Others) != 2 || !cmp.Equal(got.Reached, want.Reached) {
		t.Errorf("%s", cmp.Diff(want, got))
	}
	if here[0].Reached[2] == late {
		t.Error("joining has changed the list that it was given")
	}
}

// TestAServerHasNoHomes, also after another window has written it.
func TestAServerHasNoHomes(t *testing.T) {
	s := NewServer("Wiki", Server{URL: "https://wiki.example.com"})
	s.Reached = map[int64]time.Time{1: early}
	all, err := Merged(List{s}, List{s}, List{s})
	if err != nil {
		t.Fatal(err)
	}
	if got := all[0]; got.Home != "" || len(got.Others) != 0 {
		t.Errorf("it is %+v", got)
	}
}
