package deliver

import "testing"

// TestOwedFollowsItsDelivery: under a new name it is owed still, and of one that is no more
// nothing is.
func TestOwedFollowsItsDelivery(t *testing.T) {
	owed := NewOwedFile(t.TempDir())
	if _, err := owed.Add("share", "/exports/1"); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"share", "bucket"} {
		if err := owed.Rename("share", to); err != nil {
			t.Fatal(err)
		}
		if o, err := owed.Of(to); err != nil || len(o.Folders) != 1 {
			t.Errorf("%s owes %+v, %v", to, o, err)
		}
	}
	if o, err := owed.Of("share"); err != nil || len(o.Folders) > 0 {
		t.Errorf("the old name owes %+v, %v", o, err)
	}
	if err := owed.Rename("", "new"); err != nil {
		t.Error(err)
	}
	if err := owed.Forget("bucket"); err != nil {
		t.Fatal(err)
	}
	if folders, err := owed.Folders(); err != nil || len(folders) > 0 {
		t.Errorf("it keeps %q, %v", folders, err)
	}
}
