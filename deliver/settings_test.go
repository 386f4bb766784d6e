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
