package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// wiki is the database that holds the demo.
const wiki = "wiki"

// postgres proves everything with one release of PostgreSQL.
func (w *workshop) postgres(ctx context.Context, r release) (err error) {
	if !w.servers.MatchString(r.String()) {
		return nil
	}
	if r.newer {
		w.abouts = append(w.abouts, fmt.Sprintf("%s comes without tools: its dumps are those of pg_dump %s.", r, r.tool))
	}
	c, err := w.start(ctx, r)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.stop(), os.RemoveAll(c.dir)) }()
	if err := c.fill(ctx, wiki, ""); err != nil {
		return err
	}
	w.try(r.String(), "running", func() (string, error) {
		return w.prove(ctx, c.live(c.address(admin, wiki)))
	})
	c.pooled(ctx)
	c.standby(ctx)
	for _, f := range forms {
		w.try(r.String(), f.name, func() (string, error) { return c.proveForm(ctx, wiki, f) })
	}
	c.older(ctx)
	c.varied(ctx)
	w.troubles = true
	defer func() { w.troubles = false }()
	c.cutDumps(ctx)
	return errors.Join(c.troubled(ctx), ctx.Err())
}

// live is the source that is a running database.
func (c *cluster) live(address string) source {
	return source{name: address, kind: "PostgreSQL database"}
}
