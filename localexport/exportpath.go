package localexport

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"sluice/formats"
	"sluice/localexport/disk"
	"sluice/pipeline"
	"sluice/wholefile"
	"sluice/wording"
)

var _ pipeline.ExportPather = (*Exporter)(nil)

// pathFile keeps the export path of a home that is not the default.
const pathFile = "export-path.json"

// pathSetting is what stands in it.
type pathSetting struct {
	Version int    `json:"version"`
	Path    string `json:"path"`
}

// ExportPath is the folder that gets the folder of the next job: export/ in the home,
// unless it was set. Every process that opens the home sees the same.
func (e *Exporter) ExportPath(context.Context) (string, error) { return e.home.exportPath() }

// SetExportPath lets the next jobs write below another folder, which must exist and be
// absolute, and returns it without links. A job that runs goes on where it is, and
// earlier ones keep their files. The error wraps pipeline.ErrExportPath if the folder
// cannot be used.
func (e *Exporter) SetExportPath(ctx context.Context, path string) (string, error) {
	path, err := e.usablePath(ctx, path)
	if err != nil {
		return "", err
	}
	if path == e.home.exports {
		return path, e.ResetExportPath(ctx)
	}
	if _, err := e.home.exportPath(); formats.Refused(err) {
		return "", err
	}
	if err := e.home.putPath(path); err != nil {
		return "", wording.Errorf("keep the export path: %w", unwritable(e.options.Home, err))
	}
	e.log.Info("export path changed", "path", path)
	return path, nil
}

// ResetExportPath goes back to the folder in the home.
func (e *Exporter) ResetExportPath(context.Context) error {
	err := e.home.disk.Remove(filepath.Join(e.home.root, pathFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wording.Errorf("reset the export path: %w", unwritable(e.options.Home, err))
	}
	return e.home.disk.SyncDir(e.home.root)
}

// badPath says in one sentence why a path cannot be used.
func badPath(format string, args ...any) error {
	return wording.Errorf("%w: %w", pipeline.ErrExportPath, wording.Errorf(format, args...))
}

// usablePath checks a folder for exports, and follows the links to it.
func (e *Exporter) usablePath(ctx context.Context, path string) (string, error) {
	switch {
	case !filepath.IsAbs(path):
		return "", badPath("it must be absolute, such as /mnt/exports")
	case strings.ContainsFunc(path, unicode.IsControl):
		return "", badPath("it holds a control character")
	}
	real, err := filepath.EvalSymlinks(filepath.Clean(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", badPath("there is no folder %s: make it first", path)
	case err != nil:
		return "", badPath("%w", err)
	}
	own, err := filepath.EvalSymlinks(e.home.exports)
	if err != nil {
		return "", wording.Errorf("look for the folder of exports: %w", err)
	}
	if real == own {
		return e.home.exports, nil
	}
	info, err := os.Stat(real)
	switch {
	case err != nil:
		return "", badPath("%w", err)
	case !info.IsDir():
		return "", badPath("%s is no folder", real)
	}
	probe := filepath.Join(real, ".sluice-"+rand.Text())
	if err := e.home.disk.Mkdir(probe); err != nil {
		return "", badPath("nothing can be written there: %w", err)
	}
	if err := e.home.disk.Remove(probe); err != nil {
		return "", badPath("what is written there cannot be removed: %w", err)
	}
	return real, e.unshared(ctx, real)
}

// unshared refuses a folder with the exports of others, whose ids a later job would
// have, too.
func (e *Exporter) unshared(ctx context.Context, path string) error {
	latest, err := e.store.Latest(ctx)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return badPath("%w", err)
	}
	for _, entry := range entries {
		if id, err := strconv.ParseInt(entry.Name(), 10, 64); err == nil && id > latest.ID {
			return badPath("%s holds a folder %d already, which job %d of this home would need: choose an empty folder", path, id, id)
		}
	}
	return nil
}

// exportPath is the folder for the next job.
func (h home) exportPath() (string, error) {
	file := filepath.Join(h.root, pathFile)
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return h.exports, nil
	}
	var setting pathSetting
	if err == nil {
		if err := formats.ExportPath.CheckJSON(b); err != nil {
			return "", wording.Errorf("%s: %w", file, err)
		}
		err = json.Unmarshal(b, &setting)
	}
	if err == nil && !filepath.IsAbs(setting.Path) {
		err = wording.New("it names no absolute path")
	}
	if err != nil {
		return "", wording.Errorf("read the export path from %s: %w: set it again, or remove the file for the default", file, err)
	}
	return setting.Path, nil
}

// putPath writes the setting in one step.
func (h home) putPath(path string) error {
	b, err := json.Marshal(pathSetting{formats.ExportPath.Known, path})
	if err != nil {
		return err
	}
	return h.put(pathFile, b)
}

// put replaces a file of the home in one step.
func (h home) put(name string, b []byte) error {
	partial := filepath.Join(h.root, name+wholefile.Suffix)
	if err := h.disk.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := h.disk.Create(partial)
	if err != nil {
		return err
	}
	if err := writeAll(f, append(b, '\n')); err != nil {
		return errors.Join(err, h.disk.Remove(partial))
	}
	if err := h.disk.Rename(partial, filepath.Join(h.root, name)); err != nil {
		return errors.Join(err, h.disk.Remove(partial))
	}
	return h.disk.SyncDir(h.root)
}

// writeAll writes, syncs and closes.
func writeAll(f disk.File, b []byte) error {
	_, err := f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
