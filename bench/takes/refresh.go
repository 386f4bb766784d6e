//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dustin/go-humanize"

	"sluice/takes/servers"
)

// refreshed compares the taking again by what changed with a full take, after one page
// in a hundred was edited each time: its title, its body and its version.
func (b *bench) refreshed(ctx context.Context) error {
	const database = "edited"
	if err := b.server.sql(ctx, "postgres", "CREATE DATABASE "+database+" TEMPLATE wiki;"); err != nil {
		return err
	}
	address := b.server.address(database)
	if _, err := b.told(ctx, address, "again.db"); err != nil {
		return err
	}
	edited := 0
	edit := func(ctx context.Context) error {
		edited++
		return b.server.sql(ctx, database, fmt.Sprintf(`CREATE TABLE chosen AS SELECT contentid FROM (SELECT contentid, row_number() OVER (ORDER BY contentid) AS n
			FROM content WHERE contenttype = 'PAGE' AND prevver IS NULL) p WHERE n %% 100 = %[1]d;
			UPDATE content SET title = left(title, 200) || ' %[1]d', version = version + 1 WHERE contentid IN (SELECT contentid FROM chosen);
			UPDATE bodycontent SET body = body || ' edited %[1]d' WHERE contentid IN (SELECT contentid FROM chosen); DROP TABLE chosen; CHECKPOINT;`, edited))
	}
	all := []*contender{
		{name: "full take", before: func(ctx context.Context) error { return b.server.settle(ctx) }, run: func(ctx context.Context) (sample, error) {
			return b.told(ctx, address, "taken.db", "--replace")
		}},
		{name: "by what changed", before: edit, run: func(ctx context.Context) (sample, error) { return b.told(ctx, address, "again.db", "--refresh") }},
	}
	if err := takeTurns(ctx, b.rounds, all); err != nil {
		return err
	}
	report("one page in a hundred edited", all)
	for _, c := range all {
		fmt.Printf("%-36s %9s read\n", c.name, humanize.Bytes(uint64(c.median(read))))
	}
	fmt.Printf("bytes read, the last to the first: %s\n", ratio(all[1], all[0], read))
	return b.server.sql(ctx, "postgres", "DROP DATABASE "+database+";")
}

// told takes a snapshot of the server, and notes how much was read of it.
func (b *bench) told(ctx context.Context, address, name string, flags ...string) (sample, error) {
	s, said, err := ask(ctx, servers.User{}, b.sluice, append([]string{"snapshot", address, b.path(name), "--json"}, flags...)...)
	if err != nil {
		return s, err
	}
	var told struct {
		Read int64 `json:"bytesRead"`
	}
	if err := json.Unmarshal(said, &told); err != nil {
		return s, fmt.Errorf("what the snapshot tells: %w", err)
	}
	s.read = told.Read
	return s, nil
}
