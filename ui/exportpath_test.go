package ui

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/view"
)

// ExportPath, SetExportPath and ResetExportPath make the fake a pipeline.ExportPather.
func (e *fakeEngine) ExportPath(context.Context) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.path, e.pathErr
}

func (e *fakeEngine) SetExportPath(_ context.Context, path string) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pathErr != nil {
		return "", e.pathErr
	}
	e.path = path
	return path, nil
}

func (e *fakeEngine) ResetExportPath(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pathErr == nil {
		e.path = "/var/atlassian/export"
	}
	return e.pathErr
}

func (e *fakeEngine) refusePaths(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pathErr = err
}

// TestExportPathOfAServer reads, changes and resets it in the settings of a server, and
// tells why it may not.
func TestExportPathOfAServer(t *testing.T) {
	s := newStage(t)
	s.engine.path = "/var/atlassian/export"
	s.backend.secrets["https://wiki.example.com"] = "x"
	s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.SettingsTab)
	field := s.field("/mnt/exports")
	s.until("the path is read", func() bool { return field.Text == "/var/atlassian/export" })
	if !s.button("Change path").Disabled() || s.button("Back to the default").Disabled() {
		t.Error("the path that holds can be sent again, or not be reset")
	}
	field.SetText("/mnt/new")
	s.press("Change path")
	s.until("it is changed", s.sees("from now on are written below /mnt/new"))
	s.engine.refusePaths(fmt.Errorf("wiki.example.com accepts the login, but its user lacks a permission: %w", pipeline.ErrNotAuthorised))
	s.press("Back to the default")
	s.until("the refusal is told", s.sees("its user lacks a permission"))
	if field.Text != "/mnt/new" {
		t.Errorf("after a refusal the field holds %q", field.Text)
	}
	s.engine.refusePaths(nil)
	s.press("Back to the default")
	s.until("it is reset", func() bool { return field.Text == "/var/atlassian/export" })
}

// TestExportPathOfAnOlderServer: what a server does not have is not offered.
func TestExportPathOfAnOlderServer(t *testing.T) {
	s := newStage(t)
	s.engine.refusePaths(fmt.Errorf("read the export path: %w", errors.ErrUnsupported))
	s.backend.secrets["https://wiki.example.com"] = "x"
	s.w.addedServer(source.NewServer("Wiki", source.Server{URL: "https://wiki.example.com"}))
	s.until("it is open", s.sees("No export has run here yet"))
	s.w.chosen.page.view.Choose(view.SettingsTab)
	s.until("it is not offered", func() bool { return !s.sees("Export path")() })
}
