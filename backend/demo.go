package backend

import (
	"context"
	"os"
	"path/filepath"

	"sluice/localexport/demo"
	"sluice/localexport/jobfiles"
	"sluice/pipeline"
	"sluice/wording"
)

// demoPages is how large the demo of the first start is.
const demoPages = 3000

// MakeDemo writes the demo below the home, once. What a killed run has left is
// written anew.
func (b *Backend) MakeDemo(ctx context.Context, progress func(done, total int64)) (string, error) {
	if err := os.MkdirAll(b.home, 0o700); err != nil {
		return "", wording.Errorf("make the home of the demo: %w", err)
	}
	path := filepath.Join(b.home, "demo.db")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	_, err := demo.Write(ctx, path, demo.Options{Pages: demoPages, Seed: 1, Overwrite: true, Progress: progress})
	if err != nil {
		return "", wording.Errorf("write the demo snapshot: %w", err)
	}
	return path, nil
}

// Manifest reads what a completed export has written down about its files.
func (b *Backend) Manifest(dir string) ([]pipeline.File, error) {
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	return m.Listed(dir), nil
}
