package takes

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sluice/secret"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/pglive"
	"sluice/takes/shape"
)

// Database says how a running database is reached; the address is the source.
type Database struct {
	Password         secret.Secret
	StatementTimeout time.Duration
	// Retries is how often reading begins anew after a standby cancelled it.
	Retries int
}

// marks are the tables by which a schema of Confluence is recognised.
var marks = requiredTables()

func requiredTables() []string {
	var names []string
	for _, t := range shape.Tables {
		if t.Required {
			names = append(names, t.Name)
		}
	}
	return names
}

// wanted is what a snapshot needs of a database.
type wanted struct{}

func (wanted) Tables() []string {
	var names []string
	for _, t := range shape.Tables {
		names = append(names, t.Name)
	}
	return names
}

func (wanted) Columns(table string) []string {
	var names []string
	if t := shape.Find(table); t != nil {
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
	}
	return names
}

// takePostgres takes a snapshot of a running PostgreSQL.
func takePostgres(ctx context.Context, address, out string, o Options) (Report, error) {
	in := &input{ctx: ctx, place: "the database"}
	options, err := pglive.FromAddress(address)
	if err != nil {
		return Report{}, err
	}
	if o.Schema != "" {
		options.Schema = o.Schema
	}
	options.Password, options.StatementTimeout, options.Retries = o.Database.Password, o.Database.StatementTimeout, o.Database.Retries
	options.Throttle = func(_ context.Context, n int) error { in.read.Add(int64(n)); return nil }
	var file *dbfile.File
	stop := in.watch(o.Progress)
	info, err := pglive.Read(ctx, options, wanted{}, marks, func(info pglive.Info) (feed.Sink, error) {
		if file != nil {
			if err := file.Abort(); err != nil {
				return nil, err
			}
		}
		var err error
		file, err = dbfile.Create(ctx, out, "", o.Replace)
		return &watched{file, in}, err
	})
	stop()
	if err != nil {
		if file != nil {
			err = errors.Join(err, file.Abort())
		}
		return Report{}, err
	}
	kind := "PostgreSQL database"
	if info.Standby {
		kind += " (standby)"
	}
	r, err := finish(file, dbfile.Origin{Kind: kind, Place: info.Address, Tool: "PostgreSQL " + info.Server, TimeZone: info.TimeZone}, o)
	if err != nil {
		return Report{}, errors.Join(err, file.Abort())
	}
	r.Notes = append(r.Notes, fmt.Sprintf("The transaction was open for %s.", info.Open.Round(10*time.Millisecond)))
	if info.Restarts > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("The standby cancelled the reading %d times; it began anew each time.", info.Restarts))
	}
	return r, nil
}
