// Package product builds the program for tests that run it as people do.
package product

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const tags = "headless"

// Build writes the program without a window to path. The results of a test that calls it are kept
// by Go only until a source file of the program changes.
func Build(ctx context.Context, path string) error {
	if err := depend(ctx); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", tags, "-o", path, "sluice")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, text)
	}
	return nil
}

// depend looks at what the program is built of. What a test opens is what Go asks for when it
// decides whether the test has to run again; of what another process opens, such as the one that
// builds, it does not know.
func depend(ctx context.Context) error {
	const own = `{{with .Module}}{{if .Main}}{{.GoMod}}{{range $.GoFiles}}
{{$.Dir}}/{{.}}{{end}}{{range $.EmbedFiles}}
{{$.Dir}}/{{.}}{{end}}{{end}}{{end}}`
	list := exec.CommandContext(ctx, "go", "list", "-deps", "-tags", tags, "-f", own, "sluice")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	text, err := list.Output()
	if err != nil {
		return fmt.Errorf("list what the program is built of: %w", err)
	}
	folders := map[string]bool{}
	for path := range strings.Lines(string(text)) {
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("look at what the program is built of: %w", err)
		}
		folders[filepath.Dir(path)] = true
	}
	for folder := range folders { // a file that comes
		if _, err := os.ReadDir(folder); err != nil {
			return fmt.Errorf("look at what the program is built of: %w", err)
		}
	}
	return nil
}
