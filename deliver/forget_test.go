package deliver

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sluice/pipeline"
)

// TestForgottenJobs: what is owed can be let be, job by job, and it is kept which were; what is
// brought after all is not among them.
func TestForgottenJobs(t *testing.T) {
	owed := NewOwedFile(t.TempDir())
	of := func() Owed {
		t.Helper()
		o, err := owed.Of("share")
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	why := errors.New("there is no folder 12 in data-pipeline/export")
	for _, err := range []error{owed.Lack("share", 12, why, true), owed.Lack("share", 13, errors.New("no connection"), false)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := owed.Add("share", "/exports/3"); err != nil {
		t.Fatal(err)
	}
	if o := of(); !slices.Equal(o.Gone, []int64{12}) || Listed(o.Jobs()) != "3, 12, 13" {
		t.Errorf("%+v", o)
	}
	for _, jobs := range [][]int64{{12, 4}, {0}} {
		if _, err := owed.ForgetJobs("share", jobs); !errors.Is(err, ErrNotOwed) {
			t.Errorf("%v: %v", jobs, err)
		}
	}
	if o := of(); o.Count() != 3 || len(o.Forgotten) > 0 {
		t.Errorf("what was refused changed it: %+v", o)
	}
	forgotten, err := owed.ForgetJobs("share", []int64{12, 3})
	if err != nil || len(forgotten) != 2 || forgotten[0].Job != 12 || forgotten[0].At.IsZero() || forgotten[0].Why != "no connection" {
		t.Errorf("%+v, %v", forgotten, err)
	}
	if o := of(); len(o.Folders) > 0 || len(o.Gone) > 0 || !slices.Equal(o.Unfetched, []int64{13}) || len(o.Forgotten) != 2 {
		t.Errorf("%+v", o)
	}
	if err := errors.Join(owed.Have("share", 13), owed.Rename("share", "other"), owed.Rename("other", "share")); err != nil {
		t.Fatal(err)
	}
	if o := of(); o.Count() != 0 || o.Why != "" || len(o.Forgotten) != 2 {
		t.Errorf("nothing is owed, and what was forgotten is not known: %+v", o)
	}
	if err := owed.Settle("share", "/exports/3"); err != nil {
		t.Fatal(err)
	}
	if o := of(); len(o.Forgotten) != 1 || o.Forgotten[0].Job != 12 {
		t.Errorf("brought after all: %+v", o.Forgotten)
	}
	if err := owed.Forget("share"); err != nil || of().Forgotten != nil {
		t.Errorf("of a delivery that is no more: %+v, %v", of(), err)
	}
}

// TestAHomeThatIsNotThere: while the disk with the exports is not mounted nothing of it is
// forgotten; a job that is gone from it is, is told, and holds up no other.
func TestAHomeThatIsNotThere(t *testing.T) {
	owed, exports := NewOwedFile(t.TempDir()), filepath.Join(t.TempDir(), "home", "export")
	first := filepath.Join(exports, "1")
	for _, folder := range []string{first, filepath.Join(exports, "2")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, pipeline.ManifestName), "{}")
		if _, err := owed.Add("share", folder); err != nil {
			t.Fatal(err)
		}
	}
	bring := func() (int, error) {
		return owed.Bring("share", func(folder string) error {
			_, err := os.Stat(filepath.Join(folder, pipeline.ManifestName))
			return err
		})
	}
	home := filepath.Dir(exports)
	if err := os.Rename(home, home+".away"); err != nil {
		t.Fatal(err)
	}
	if n, err := bring(); n != 0 || err == nil {
		t.Errorf("%d brought, %v", n, err)
	}
	if o, err := owed.Of("share"); err != nil || len(o.Folders) != 2 || len(o.Forgotten) > 0 || o.Why == "" {
		t.Errorf("not mounted: %+v, %v", o, err)
	}
	if err := errors.Join(os.Rename(home+".away", home), os.RemoveAll(first)); err != nil {
		t.Fatal(err)
	}
	if n, err := bring(); n != 1 || err == nil {
		t.Errorf("%d brought, %v", n, err)
	}
	if o, err := owed.Of("share"); err != nil || o.Count() != 0 || len(o.Forgotten) != 1 || o.Forgotten[0].Job != 1 || o.Forgotten[0].Why == "" {
		t.Errorf("removed: %+v, %v", o, err)
	}
}
