package main

import (
	"context"
	"fmt"
	"os"
)

// older proves an archive of the version 1.12, which pg_dump wrote until the release
// 10.2 and of which the layout is that of 1.13: one of 1.13 gets the other number.
// That it is one, pg_restore says.
func (c *cluster) older(ctx context.Context) {
	if c.r.toolMajor() > 11 || c.r.newer {
		return
	}
	c.w.try(c.r.String(), "-Fc, archive version 1.12 (1.13 renumbered)", func() (string, error) {
		f := form{args: []string{"-Fc"}, kind: customKind}
		path, err := c.dump(ctx, wiki, f)
		if err != nil {
			return "", err
		}
		defer os.Remove(path)
		b, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		const minor = 6 // behind PGDMP and the major version
		if b[minor] != 13 {
			return "", fmt.Errorf("the archive is of the version 1.%d", b[minor])
		}
		b[minor] = 12
		if err := os.WriteFile(path, b, 0o644); err != nil {
			return "", err
		}
		if err := c.do(ctx, c.r.tools, "", "pg_restore", "-l", path); err != nil {
			return "", err
		}
		return c.w.prove(ctx, source{name: path, kind: f.kind, args: f.read()})
	})
}
