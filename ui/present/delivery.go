package present

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sluice/deliver"
	"sluice/ui/texts"
)

// The fields of the form of a delivery.
const (
	FieldDeliveryName   = "deliveryName"
	FieldPlace          = "place"
	FieldDeliveryRedact = "deliveryRedact"
	FieldPassphrase     = "passphrase"
)

// DeliveryFiles is which files are delivered, and whether they are converted.
type DeliveryFiles string

// The choices, in the order in which they are offered.
const (
	FilesAsTheyAre DeliveryFiles = ""
	FilesCSV       DeliveryFiles = "csv"
	FilesParquet   DeliveryFiles = "parquet"
	FilesAsParquet DeliveryFiles = "convert"
)

// What addresses begin with.
const (
	placeSFTP = "sftp://"
	placeS3   = "s3://"
)

// DeliveryChoices are the choices of files, of packing and of folders, with what they are
// called.
func DeliveryChoices() (files []DeliveryFiles, packs []deliver.Pack, layouts []deliver.Layout, names [3][]string) {
	t := texts.T.Delivery
	return []DeliveryFiles{FilesAsTheyAre, FilesCSV, FilesParquet, FilesAsParquet}, []deliver.Pack{deliver.PackNone, deliver.PackGzip, deliver.PackZstd},
		[]deliver.Layout{deliver.LayoutJob, deliver.LayoutTable},
		[3][]string{{t.AsTheyAre, t.CSVOnly, t.ParquetOnly, t.AsParquet}, {t.PackNone, t.PackGzip, t.PackZstd}, {t.LayoutJob, t.LayoutTable}}
}

// DeliveryInput is a delivery as it stands in the form.
type DeliveryInput struct {
	Name, To, Redact, SSHKey, SSHPassphrase, KnownHosts, S3Endpoint, S3Region, S3Profile string
	Files                                                                                DeliveryFiles
	Pack                                                                                 deliver.Pack
	Layout                                                                               deliver.Layout
	Enabled                                                                              bool
}

// NewDelivery is the form of a new delivery.
func NewDelivery() DeliveryInput {
	return DeliveryInput{Pack: deliver.PackNone, Layout: deliver.LayoutJob, Enabled: true}
}

// DeliveryInputOf is the form of a delivery that there is.
func DeliveryInputOf(d deliver.Delivery) DeliveryInput {
	in := DeliveryInput{Name: d.Name, To: d.To, Redact: d.Redact, SSHKey: d.SSHKey, SSHPassphrase: d.SSHPassphrase, KnownHosts: d.KnownHosts,
		S3Endpoint: d.S3Endpoint, S3Region: d.S3Region, S3Profile: d.S3Profile, Pack: d.Pack, Layout: d.Layout, Enabled: !d.Disabled}
	switch {
	case d.As == deliver.AsParquet:
		in.Files = FilesAsParquet
	case d.Files == deliver.FormatCSV || d.Files == deliver.FormatParquet:
		in.Files = DeliveryFiles(d.Files)
	}
	return in
}

// IsSFTP and IsS3 report whether the place that is typed is a server of SFTP, or storage.
func (in DeliveryInput) IsSFTP() bool { return strings.HasPrefix(strings.TrimSpace(in.To), placeSFTP) }

// IsS3 see IsSFTP.
func (in DeliveryInput) IsS3() bool { return strings.HasPrefix(strings.TrimSpace(in.To), placeS3) }

// ReadDelivery understands the form: the delivery, and what is wrong with the fields. was is
// the delivery that is changed, the zero Delivery of a source for a new one; others are all
// that there are. once says that it is for one time, and needs no name; check looks at rules
// of redaction.
func ReadDelivery(in DeliveryInput, was deliver.Delivery, others []deliver.Delivery, once bool, check func(rules string) error) (deliver.Delivery, Problems) {
	t := texts.T.Delivery
	var wrong Problems
	d := was
	d.Name, d.To, d.Redact = strings.TrimSpace(in.Name), strings.TrimSpace(in.To), strings.TrimSpace(in.Redact)
	d.Pack, d.Layout, d.Disabled, d.Files, d.As = in.Pack, in.Layout, !in.Enabled, "", ""
	d.SSHKey, d.SSHPassphrase, d.KnownHosts, d.S3Endpoint, d.S3Region, d.S3Profile = "", "", "", "", "", ""
	switch {
	case in.IsSFTP():
		d.SSHKey, d.SSHPassphrase, d.KnownHosts = strings.TrimSpace(in.SSHKey), strings.TrimSpace(in.SSHPassphrase), strings.TrimSpace(in.KnownHosts)
	case in.IsS3():
		d.S3Endpoint, d.S3Region, d.S3Profile = strings.TrimSpace(in.S3Endpoint), strings.TrimSpace(in.S3Region), strings.TrimSpace(in.S3Profile)
	}
	switch in.Files {
	case FilesAsParquet:
		d.As = deliver.AsParquet
	case FilesCSV, FilesParquet:
		d.Files = deliver.Format(in.Files)
	}
	switch {
	case d.Name == "" && !once:
		wrong.add(FieldDeliveryName, t.NeedName)
	case d.Name != was.Name && slices.ContainsFunc(others, func(o deliver.Delivery) bool { return o.Name == d.Name }):
		wrong.add(FieldDeliveryName, t.TakenName)
	}
	if d.To == "" {
		wrong.add(FieldPlace, t.NeedPlace)
	} else if err := d.Check(); err != nil {
		wrong.add(FieldPlace, texts.Error(err))
	} else if err := deliver.Apart(besides(others, was.Name), d); err != nil && !(once && d.Name == "") {
		wrong.add(FieldPlace, texts.Error(err))
	} else if found, err := d.FromAnywhere(); err == nil { // else it is as it was typed
		d = found
	}
	if d.Redact != "" && check != nil {
		if err := check(d.Redact); err != nil {
			wrong.add(FieldDeliveryRedact, texts.Error(err))
		}
	}
	return d, wrong
}

// besides are the deliveries of a list but one.
func besides(list []deliver.Delivery, name string) []deliver.Delivery {
	return slices.DeleteFunc(slices.Clone(list), func(d deliver.Delivery) bool { return name != "" && d.Name == name })
}

// DeliveryRow is a delivery in the list of a source.
type DeliveryRow struct {
	Name, Goes string
	Owed       string // what it has to bring yet, since when and why, and what it cannot; "" if nothing
	Here       bool   // some of that is on this computer, and can be brought at once
	Forgotten  string // what it does not bring any more; "" if nothing
	Enabled    bool
}

// DeliveryRows are the deliveries of a source.
func DeliveryRows(list []deliver.Delivery, owed []deliver.Owed, since func(deliver.Owed) time.Time, sourceID string, zone *time.Location) []DeliveryRow {
	var rows []DeliveryRow
	for _, d := range list {
		if d.Source != sourceID {
			continue
		}
		row := DeliveryRow{Name: d.Name, Goes: DeliveryGoes(d), Enabled: !d.Disabled}
		for _, o := range owed {
			if o.Delivery != d.Name {
				continue
			}
			if o.Count() > 0 {
				row.Owed, row.Here = owedWords(o, since(o), zone), len(o.Folders) > 0
			}
			row.Forgotten = forgottenWords(o.Forgotten)
		}
		rows = append(rows, row)
	}
	return rows
}

// DeliveryGoes says where a delivery goes and in which form.
func DeliveryGoes(d deliver.Delivery) string {
	t := texts.T.Delivery
	parts := []string{fmt.Sprintf(t.GoesTo, HomeShort(d.To))}
	switch {
	case d.As == deliver.AsParquet:
		parts = append(parts, t.AsParquet)
	case d.Files == deliver.FormatCSV:
		parts = append(parts, t.CSVOnly)
	case d.Files == deliver.FormatParquet:
		parts = append(parts, t.ParquetOnly)
	}
	if d.Redact != "" {
		parts = append(parts, fmt.Sprintf(t.Redacted, RulesName(d.Redact)))
	}
	if d.Pack == deliver.PackGzip || d.Pack == deliver.PackZstd {
		parts = append(parts, fmt.Sprintf(t.Packed, d.Pack))
	}
	if d.Layout == deliver.LayoutTable {
		parts = append(parts, t.ByTable)
	}
	if d.Disabled {
		parts = append(parts, t.Off)
	}
	return Joined(parts...)
}
