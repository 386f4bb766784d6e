package pipeline

import "testing"

// TestPlain: what answers have is a key and a message, and the job keeps the rest.
func TestPlain(t *testing.T) {
	d := Say("a", "%d of %s", 1, "x")
	all := []Diagnostic{d}
	if got := Plain(all); len(got) != 1 || got[0] != (Diagnostic{Key: "a", Message: "1 of x"}) {
		t.Errorf("%+v", got)
	}
	if all[0] != d || d.Format == "" || Plain(nil) != nil {
		t.Errorf("%+v", all)
	}
}
