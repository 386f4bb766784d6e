package portal

import "testing"

// TestPathOf reads the addresses that portals answer with.
func TestPathOf(t *testing.T) {
	for address, want := range map[string]string{
		"file:///tmp/a+b%20c.csv": "/tmp/a+b c.csv", "file://localhost/tmp/x": "/tmp/x", "file:///tmp/gr%C3%BC%C3%9Fe": "/tmp/grüße",
		"https://example.org/x": "", "file://elsewhere/x": "", "%zz": "", "": "",
	} {
		if got := pathOf(address); got != want {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
	}
}

func TestGlob(t *testing.T) {
	for ending, want := range map[string]string{".csv": "*.[cC][sS][vV]", ".bz2": "*.[bB][zZ]2"} {
		if got := glob(ending); got != want {
			t.Errorf("%s: %s, want %s", ending, got, want)
		}
	}
}
