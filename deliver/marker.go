package deliver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"sluice/deliver/target"
	"sluice/formats"
	"sluice/localexport/jobfiles"
	"sluice/wording"
)

// marker is what is written last, and says what lies there.
type marker struct {
	Version int         `json:"version"`
	Job     int64       `json:"job"`
	Form    string      `json:"form"`
	Files   []Delivered `json:"files"`
}

// maxMarker bounds what is read of a file that is named like a marker.
const maxMarker = 1 << 20

// readMarker is the marker of an earlier delivery; nil if there is none, or another program
// has put something there.
func readMarker(ctx context.Context, from target.Target, name string) (*marker, error) {
	b, err := readSmall(ctx, from, name)
	if err != nil || b == nil {
		return nil, err
	}
	if err := formats.Delivery.CheckJSON(b); formats.Refused(err) {
		return nil, wording.Errorf("%s: %w", name, err)
	}
	var m marker
	if json.Unmarshal(b, &m) != nil || len(m.Files) == 0 {
		return nil, nil
	}
	return &m, nil
}

// readSmall reads a small file at a place; nil if there is none.
func readSmall(ctx context.Context, from target.Target, name string) ([]byte, error) {
	r, err := from.Open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, wording.Errorf("read %s: %w", name, err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxMarker))
	if err != nil {
		return nil, wording.Errorf("read %s: %w", name, err)
	}
	return b, nil
}

// readOther is the manifest that lies at a place already; nil if there is none, or another
// program has put something there.
func readOther(ctx context.Context, from target.Target, name string) (*jobfiles.Manifest, error) {
	b, err := readSmall(ctx, from, name)
	var m jobfiles.Manifest
	if err != nil || b == nil || json.Unmarshal(b, &m) != nil || m.Format != jobfiles.ManifestFormat {
		return nil, err
	}
	return &m, nil
}

func writeMarker(ctx context.Context, to target.Target, p plan, files []Delivered) error {
	b, err := json.MarshalIndent(marker{formats.Delivery.Known, p.job, p.form, files}, "", "  ")
	if err != nil {
		return err
	}
	return put(ctx, to, p.marker, append(b, '\n'))
}

func put(ctx context.Context, to target.Target, name string, b []byte) error {
	if err := to.Put(ctx, name, bytes.NewReader(b), int64(len(b))); err != nil {
		return wording.Errorf("write %s: %w", name, err)
	}
	return nil
}

// same reports whether a marker is of the same files in the same form.
func (p plan) same(m marker) bool {
	if m.Job != p.job || m.Form != p.form || len(m.Files) != len(p.items) {
		return false
	}
	for i, f := range m.Files {
		if f.Name != p.items[i].name || f.Of != p.items[i].sha256 {
			return false
		}
	}
	return true
}

// fileItem is a small file that no manifest describes.
func fileItem(path, name string) (item, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return item{}, err
	}
	sum := sha256.Sum256(b)
	return item{path: path, name: name, bytes: int64(len(b)), sha256: hex.EncodeToString(sum[:]), pack: PackNone}, nil
}
