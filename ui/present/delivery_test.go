package present

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/deliver"
)

// TestReadDelivery: what is typed becomes the delivery that it describes, back and forth; what
// is of another kind of place is left out.
func TestReadDelivery(t *testing.T) {
	was := deliver.Delivery{Source: "wiki"}
	in := DeliveryInput{Name: " lake ", To: "s3://bucket/x", Files: FilesAsParquet, Pack: deliver.PackNone, Layout: deliver.LayoutTable, Enabled: true,
		SSHKey: "/key", S3Endpoint: "https://s3.example.com", S3Profile: "night"}
	d, wrong := ReadDelivery(in, was, nil, false, nil)
	if len(wrong) > 0 || d.Name != "lake" || d.As != deliver.AsParquet || d.Files != "" || d.SSHKey != "" || d.S3Profile != "night" || d.Source != "wiki" || d.Disabled {
		t.Errorf("%+v, %v", d, wrong)
	}
	in.Name, in.SSHKey = "lake", ""
	if got := DeliveryInputOf(d); got != in {
		t.Errorf("%+v, want %+v", got, in)
	}
	others := []deliver.Delivery{d, {Name: "share", To: "/mnt/share"}}
	check := func(string) error { return errors.New("there are no such rules") }
	for name, c := range map[string]struct {
		change func(*DeliveryInput)
		once   bool
		field  string // that is wrong; "": none
	}{
		"without a name":       {func(in *DeliveryInput) { in.Name = "" }, false, FieldDeliveryName},
		"once":                 {func(in *DeliveryInput) { in.Name, in.To = "", "/mnt/other" }, true, ""},
		"once, to a known one": {func(in *DeliveryInput) { in.Name, in.To = "", "/mnt/share" }, true, ""},
		"kept, to a known one": {func(in *DeliveryInput) { in.Name, in.To = "new", "/mnt/share" }, true, FieldPlace},
		"a name that is taken": {func(in *DeliveryInput) { in.Name, in.To = "share", "/mnt/other" }, false, FieldDeliveryName},
		"no place":             {func(in *DeliveryInput) { in.Name, in.To = "new", "ftp://h/x" }, false, FieldPlace},
		"with a password":      {func(in *DeliveryInput) { in.Name, in.To = "new", "sftp://a:s3cret@h/x" }, false, FieldPlace},
		"bad rules":            {func(in *DeliveryInput) { in.Name, in.To, in.Redact = "new", "/mnt/x", "gdbr" }, false, FieldDeliveryRedact},
	} {
		one := in
		c.change(&one)
		_, wrong := ReadDelivery(one, was, others, c.once, check)
		if wrong.First() != c.field || strings.Contains(fmt.Sprint(wrong), "s3cret") {
			t.Errorf("%s: %v", name, wrong)
		}
	}
	if _, wrong := ReadDelivery(in, d, others, false, nil); len(wrong) > 0 {
		t.Errorf("one that stays as it is: %v", wrong)
	}
	in.To, in.SSHPassphrase, in.SSHKey, in.S3Endpoint, in.S3Profile = "sftp://u@h/x", " /phrase", "/key", "", ""
	sftp, wrong := ReadDelivery(in, d, nil, false, nil)
	if got := DeliveryInputOf(sftp); len(wrong) > 0 || sftp.SSHPassphrase != "/phrase" || got.SSHPassphrase != "/phrase" {
		t.Errorf("the file of the passphrase is %q, in the form again %q, %v", sftp.SSHPassphrase, got.SSHPassphrase, wrong)
	}
	in.To = "/mnt/x"
	if d, _ := ReadDelivery(in, sftp, nil, false, nil); d.SSHPassphrase != "" {
		t.Error("a folder has the passphrase of a key")
	}
}

func TestDeliveryRows(t *testing.T) {
	list := []deliver.Delivery{
		{Name: "share", Source: "a", To: "/mnt/share", Pack: deliver.PackGzip, Redact: "gdpr", Files: deliver.FormatCSV},
		{Name: "lake", Source: "a", To: "s3://b", As: deliver.AsParquet, Layout: deliver.LayoutTable, Disabled: true}, {Name: "other", Source: "b", To: "/x"}}
	owed := []deliver.Owed{{Delivery: "share", Folders: []string{"1", "2"}, Why: "nothing is mounted there"}, {Delivery: "lake"}}
	at := time.Date(2026, 11, 30, 2, 1, 0, 0, time.UTC)
	rows := DeliveryRows(list, owed, func(deliver.Owed) time.Time { return at }, "a", time.UTC)
	want := []DeliveryRow{
		{Name: "share", Goes: "to /mnt/share · CSV only · redacted: GDPR · packed with gzip", Enabled: true, Here: true,
			Owed: "2 jobs are to be delivered yet. The oldest was complete at 2026-11-30 02:01. Nothing is mounted there."},
		{Name: "lake", Goes: "to s3://b · As Parquet, converted where it is CSV · a folder for each table · by hand only"},
	}
	if len(rows) != 2 || rows[0] != want[0] || rows[1] != want[1] {
		t.Errorf("%+v", rows)
	}
}

func TestDeliverLines(t *testing.T) {
	d := deliver.Delivery{Name: "share"}
	for says, s := range map[string]DeliverStep{
		"":                                  {Delivery: d},
		"Converting pages.csv":              {Delivery: d, Running: true, Progress: deliver.Progress{Stage: deliver.Converting, File: "pages.csv", Bytes: 1, TotalBytes: 4}},
		"Redacting":                         {Delivery: d, Running: true, Progress: deliver.Progress{Stage: deliver.Redacting}},
		"Stopped.":                          {Delivery: d, Err: fmt.Errorf("deliver: %w", context.Canceled)},
		"The disk is full.":                 {Delivery: d, Err: errors.New("the disk is full")},
		"Delivered: 1 file, 5 B. Each was":  {Delivery: d, Done: &deliver.Result{Files: make([]deliver.Delivered, 1), Bytes: 5}},
		"All is there already, whole: 2 fi": {Delivery: d, Done: &deliver.Result{Already: true, Files: make([]deliver.Delivered, 2)}},
	} {
		if l := DeliverLineOf(s); !strings.HasPrefix(l.Says, says) || l.Name != "share" || l.Sign.Word == "" || (l.Share >= 0) != s.Running {
			t.Errorf("%q: %+v", says, l)
		}
	}
	if l := DeliverLineOf(DeliverStep{Delivery: deliver.Delivery{To: "/mnt/x"}}); l.Name != "/mnt/x" {
		t.Errorf("%+v", l)
	}
}
