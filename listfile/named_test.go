package listfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/formats"
)

type thing struct {
	Name string `json:"name"`
	Size int    `json:"size,omitempty"`
}

func (t thing) ItemName() string { return t.Name }

func (t thing) Validate() error {
	if t.Size < 0 {
		return errors.New("no size is negative")
	}
	return nil
}

func things(t *testing.T) *Named[thing] {
	t.Helper()
	return NewNamed[thing](File{Path: filepath.Join(t.TempDir(), "things.json"), Kind: formats.Hooks, Element: "thing"}, "things")
}

func TestNamed(t *testing.T) {
	f := things(t)
	if l, err := f.Load(); err != nil || len(l) > 0 {
		t.Fatalf("%v, %v", l, err)
	}
	for _, item := range []thing{{"a", 1}, {"b", 2}, {"a", 3}} {
		if err := f.Update(func(l []thing) ([]thing, error) { return With(l, item), nil }); err != nil {
			t.Fatal(err)
		}
	}
	l, err := f.Load()
	if err != nil || len(l) != 2 || l[0] != (thing{"a", 3}) {
		t.Fatalf("%+v, %v", l, err)
	}
	if got, err := f.Find(l, "b"); err != nil || got.Size != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := f.Find(l, "c"); err == nil || !strings.Contains(err.Error(), `there is no thing "c"`) {
		t.Error(err)
	}
	if l := Without(l, "a"); len(l) != 1 || l[0].Name != "b" {
		t.Errorf("%+v", l)
	}
	if info, err := os.Stat(f.Path()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestNamedThatIsRefused leaves the file as it is.
func TestNamedThatIsRefused(t *testing.T) {
	f := things(t)
	if err := f.Update(func([]thing) ([]thing, error) { return []thing{{"a", 1}}, nil }); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("no")
	for says, change := range map[string]func([]thing) ([]thing, error){
		"no size is negative": func(l []thing) ([]thing, error) { return With(l, thing{"b", -1}), nil },
		"two things":          func(l []thing) ([]thing, error) { return append(l, l...), nil },
		"no":                  func([]thing) ([]thing, error) { return nil, refused },
	} {
		if err := f.Update(change); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
	if l, err := f.Load(); err != nil || len(l) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
	for text, says := range map[string]string{
		`{"version": 1, "things": [{"name": "a", "sise": 1}]}`: "size",
		`{"version": 9}`: "newer Sluice",
		`{`:              "things.json",
		`{"version": 1, "things": [{"name": "a"}, {"name": "a"}]}`: "two things",
	} {
		if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
