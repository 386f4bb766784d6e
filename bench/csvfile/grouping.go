package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"sluice/csvfile"
	"sluice/csvfile/grouptext"
)

const eventsHeader = "id,space_key,event,updated_date,user_key,size,title\n"

// eventsRow is an event in one of 400 spaces, some of which are busy, in 84 months: about
// 97 bytes.
func eventsRow(b []byte, id int, rng *rand.Rand) []byte {
	b = strconv.AppendInt(b, int64(id), 10)
	b = fmt.Appendf(b, ",SP%d,%s,20%02d-%02d-%02dT%02d:%02d:%02dZ,", min(rng.IntN(400), rng.IntN(400)), eventKeys[rng.IntN(len(eventKeys))],
		20+rng.IntN(7), 1+rng.IntN(12), 1+rng.IntN(28), rng.IntN(24), rng.IntN(60), rng.IntN(60))
	b = fmt.Appendf(b, "%016x,%d.%02d,", uint64(rng.IntN(50_000))*0x9e3779b97f4a7c15, rng.IntN(100_000), rng.IntN(100))
	b = append(b, words[rng.IntN(len(words))]...)
	return append(append(append(b, ' '), words[rng.IntN(len(words))]...), '\n')
}

// group groups a file that nobody has looked at before, and counts the groups.
func group(ctx context.Context, f *csvfile.File, args []string) (m measured, err error) {
	by, err := grouptext.Parse(args[0], args[1], f.Header())
	if err != nil {
		return m, err
	}
	g, err := csvfile.GroupRows(ctx, f, by, nil)
	if err != nil {
		return m, err
	}
	m.Count = g.Count
	return m, g.Close()
}

// groupPython is a program in which DuckDB groups a file; it prints how many groups there are.
const groupPython = `import sys, duckdb
c = duckdb.connect()
c.execute("SET threads=2")
c.execute("SET enable_progress_bar=false")
print(len(c.execute(f"SELECT {sys.argv[2]} FROM read_csv('{sys.argv[1]}') GROUP BY ALL ORDER BY ALL").fetchall()))`

func (s settings) duckGroup(path, what string) contender {
	c := peer("DuckDB, 2 threads", s.python, "-c", groupPython, path, what)
	c.module = "duckdb"
	return c
}

// millerGroup is Miller, which is asked for the keys and the counts.
func millerGroup(path string) contender {
	return peer("Miller", "sh", "-c", `mlr --icsv --ojson put -q '@n[$space_key][substr0($updated_date,0,6)] += 1; end{emit @n,"s","m"}' "$1" | grep -c '"s":'`, "sh", path)
}

// compareGroup groups a file of ten million rows.
func compareGroup(ctx context.Context, s settings, _, _ string) error {
	path := filepath.Join(s.dir, "events.csv")
	if !s.keep {
		defer os.Remove(path)
	}
	if err := generateRows(path, eventsHeader, s.groupRows, eventsRow); err != nil {
		return err
	}
	for _, c := range []struct {
		name, keys, asked, sql string
		miller                 bool
	}{
		{"space and month, count", "space_key,month(updated_date)", "count", "space_key, date_trunc('month', updated_date), count(*)", true},
		{"the same, sum and latest", "space_key,month(updated_date)", "count,sum(size),max(updated_date)", "space_key, date_trunc('month', updated_date), count(*), sum(size), max(updated_date)", false},
		{"event, count", "event", "count", "event, count(*)", false},
		{"space, different users", "space_key", "distinct(user_key)", "space_key, count(DISTINCT user_key)", false},
	} {
		rs, err := interleave(ctx, s.groupRounds, s.duckGroup(path, c.sql), ours("ours, 2 cores", "group", 2, path, c.keys, c.asked))
		if err != nil {
			return err
		}
		if c.miller {
			slow, err := interleave(ctx, 1, millerGroup(path)) // far behind: one counted round says enough
			if err != nil {
				return err
			}
			rs = append(rs, slow...)
		}
		if !rs[0].missing && rs[0].Count != rs[1].Count {
			return fmt.Errorf("groups by %s: ours %d, DuckDB %d", c.name, rs[1].Count, rs[0].Count)
		}
		printTable("group by "+c.name, "DuckDB", rs[0], rs)
	}
	return nil
}
