package schedule

import (
	"slices"
	"testing"

	"sluice/deliver"
	"sluice/source"
)

// TestMoved: what a source is used by follows it, and nothing else does.
func TestMoved(t *testing.T) {
	dir := t.TempDir()
	if err := Moved(dir, "a", "b"); err != nil {
		t.Errorf("where there is none: %v", err)
	}
	err := NewFile(dir).Update(func(List) (List, error) {
		return List{{Name: "nightly", Source: "a", When: "daily 02:00"}, {Name: "other", Source: "c", When: "daily 02:00"}}, nil
	})
	if err == nil {
		err = deliver.NewFile(dir).Update(func([]deliver.Delivery) ([]deliver.Delivery, error) {
			return []deliver.Delivery{{Name: "share", Source: "a", To: "/x"}, {Name: "lake", Source: "c", To: "/y"}}, nil
		})
	}
	if err == nil {
		err = Moved(dir, "a", "b")
	}
	if err != nil {
		t.Fatal(err)
	}
	for of, want := range map[string][2][]string{"a": {}, "b": {{"nightly"}, {"share"}}, "c": {{"other"}, {"lake"}}} {
		if schedules, deliveries, err := Uses(dir, of); err != nil || !slices.Equal(schedules, want[0]) || !slices.Equal(deliveries, want[1]) {
			t.Errorf("%s: %v, %v, %v", of, schedules, deliveries, err)
		}
	}
}

// TestSuits: what is not done with the exports of a server is not taken for a setting of its schedule.
func TestSuits(t *testing.T) {
	server, snapshot := source.Source{Kind: source.KindServer, Name: "prod"}, source.Source{Kind: source.KindSnapshot}
	for _, s := range []Schedule{{Redact: "gdpr"}, {Format: "parquet"}} {
		if err := s.Suits(server); err == nil || s.Suits(snapshot) != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
	if err := (Schedule{Retries: 2, Keep: 3}).Suits(server); err != nil {
		t.Error(err)
	}
}
