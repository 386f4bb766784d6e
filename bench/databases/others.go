package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// others proves what is not PostgreSQL.
func (w *workshop) others(ctx context.Context) error {
	if err := w.mariaDB(ctx); err != nil {
		return err
	}
	demos := "the demo's own files"
	w.noServer = true
	defer func() { w.noServer = false }()
	for _, d := range []struct {
		form string
		source
	}{
		{"sqlite", source{kind: "SQLite database"}},
		{"pgsql", source{kind: textKind}},
		{"pgdump", source{kind: customKind}},
		{"mysqldump", source{kind: mysqlKind}},
		{"xml", source{kind: "Confluence XML backup (zip)", lacks: []string{"analytics_events"}}},
	} {
		d.name = w.demo(d.form)
		w.try(demos, "demo --as "+d.form, func() (string, error) { return w.prove(ctx, d.source) })
	}
	w.try(demos, "demo --as xml, entities.xml alone", func() (string, error) {
		dir, err := w.folder("xml")
		if err != nil {
			return "", err
		}
		if err := unzip(w.demo("xml"), dir); err != nil {
			return "", err
		}
		path := filepath.Join(dir, "entities.xml")
		note, err := w.prove(ctx, source{name: path, kind: "Confluence XML backup", lacks: []string{"analytics_events"}})
		return note, errors.Join(err, os.RemoveAll(dir))
	})
	return ctx.Err()
}
