package deliver

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestDeliveriesThatAreRefused(t *testing.T) {
	good := Delivery{Name: "share", Source: "x", To: "/mnt/share"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for says, change := range map[string]func(*Delivery){
		"needs a name":         func(d *Delivery) { d.Name = "" },
		"and a source":         func(d *Delivery) { d.Source = "" },
		"it is empty":          func(d *Delivery) { d.To = "" },
		"with a password":      func(d *Delivery) { d.To = "sftp://a:s3cret@h/x" },
		`nearest is "table"`:   func(d *Delivery) { d.Layout = "tables" },
		`is no way to pack`:    func(d *Delivery) { d.Pack = "zip" },
		`nearest is "parquet"`: func(d *Delivery) { d.Files = "parket" },
	} {
		d := good
		change(&d)
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", says, err)
		}
	}
}

// TestApart: a place is the same however it is written, and buckets of two storages are two.
func TestApart(t *testing.T) {
	for _, c := range []struct {
		a, b Delivery
		same bool
	}{
		{Delivery{To: "/mnt/share"}, Delivery{To: "/mnt//share/"}, true},
		{Delivery{To: "/mnt/share"}, Delivery{To: "file:///mnt/share"}, true},
		{Delivery{To: "/mnt/share"}, Delivery{To: "/mnt/share/b"}, false},
		{Delivery{To: "s3://b/x"}, Delivery{To: "s3://b/x/"}, true},
		{Delivery{To: "s3://b/x", S3Endpoint: "https://one"}, Delivery{To: "s3://b/x", S3Endpoint: "https://other"}, false},
	} {
		c.a.Name, c.b.Name = "a", "b"
		if err := Apart([]Delivery{c.a}, c.b); (err != nil) != c.same {
			t.Errorf("%s and %s: %v", c.a.To, c.b.To, err)
		}
		if err := Apart([]Delivery{c.a}, c.a); err != nil {
			t.Errorf("itself: %v", err)
		}
	}
}

// TestFromAnywhere: folders and files that were named from the folder at work are found from
// others, too.
func TestFromAnywhere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for _, c := range []struct{ d, want Delivery }{
		{Delivery{To: "out/"}, Delivery{To: filepath.Join(dir, "out")}},
		{Delivery{To: "/mnt/share", Redact: "gdpr"}, Delivery{To: "/mnt/share", Redact: "gdpr"}},
		{Delivery{To: "sftp://host/~/in/", Redact: "r.yaml"}, Delivery{To: "sftp://host/~/in/", Redact: filepath.Join(dir, "r.yaml")}},
	} {
		if got, err := c.d.FromAnywhere(); err != nil || got != c.want {
			t.Errorf("%+v, want %+v (%v)", got, c.want, err)
		}
	}
}

func TestDeliveryOpens(t *testing.T) {
	dir := t.TempDir()
	to, err := Delivery{Name: "share", Source: "x", To: dir}.Open(t.Context())
	if err != nil || to.String() != dir {
		t.Errorf("%v, %v", to, err)
	}
	if _, err := (Delivery{To: filepath.Join(dir, "none")}).Open(t.Context()); err == nil {
		t.Error("a share that is not there is opened")
	}
	if NewFile(dir).Path() != filepath.Join(dir, "deliveries.json") {
		t.Error(NewFile(dir).Path())
	}
}
