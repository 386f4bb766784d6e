package localexport

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sluice/formats"
	"sluice/retention"
	"sluice/wording"
)

// keptFile keeps the bounds of a home on what is kept.
const keptFile = "retention.json"

// rootName is the folder in a home that has everything.
const rootName = "data-pipeline"

// keptSetting is what stands in it.
type keptSetting struct {
	Version int `json:"version"`
	retention.Settings
}

// KeptIn are the bounds that a home has on what is kept, without opening it; none if nothing
// was set.
func KeptIn(home string) (retention.Settings, error) {
	file := filepath.Join(home, rootName, keptFile)
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return retention.Settings{}, nil
	}
	var setting keptSetting
	if err == nil {
		if err := formats.Retention.CheckJSON(b); err != nil {
			return retention.Settings{}, wording.Errorf("%s: %w", file, err)
		}
		err = json.Unmarshal(b, &setting)
	}
	if err == nil {
		_, err = setting.Policy()
	}
	if err != nil {
		return retention.Settings{}, wording.Errorf("read what is kept from %s: %w: set it again, or remove the file", file, err)
	}
	return setting.Settings, nil
}

// Kept is KeptIn of the exporter's home.
func (e *Exporter) Kept(context.Context) (retention.Settings, error) { return KeptIn(e.options.Home) }

// SetKept bounds what the home keeps. Nothing is removed by that: the runs of schedules and
// whoever asks for it do so. The error is a sentence about a bound that cannot be read.
func (e *Exporter) SetKept(_ context.Context, s retention.Settings) error {
	if _, err := s.Policy(); err != nil {
		return err
	}
	if _, err := KeptIn(e.options.Home); formats.Refused(err) {
		return err
	}
	if s == (retention.Settings{}) {
		err := e.home.disk.Remove(filepath.Join(e.home.root, keptFile))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return wording.Errorf("reset what is kept: %w", unwritable(e.options.Home, err))
		}
		return e.home.disk.SyncDir(e.home.root)
	}
	b, err := json.Marshal(keptSetting{formats.Retention.Known, s})
	if err == nil {
		err = e.home.put(keptFile, b)
	}
	if err != nil {
		return wording.Errorf("keep what is kept: %w", unwritable(e.options.Home, err))
	}
	e.log.Info("what is kept changed", "keep", s.Keep, "maxAge", s.MaxAge, "maxSize", s.MaxSize, "partialAge", s.PartialAge)
	return nil
}
