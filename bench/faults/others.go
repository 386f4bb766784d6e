package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"sluice/client"
	"sluice/pipeline"
	"sluice/secret"
)

// resume are the arguments of an export that goes on with the newest one.
func (s *specimen) resume(home string) []string {
	return append([]string{"export", "--snapshot", s.snapshot, "--home", home, "--resume", "--min-free-space", "-1"}, s.flags...)
}

// goOn goes on with an export that ended early, which gives the same bytes. It is
// not made if the export left nothing to go on with.
func (s *specimen) goOn(ctx context.Context, home string) outcome {
	jobs, o := history(ctx, home)
	if o.verdict.bad() {
		return o
	}
	if len(jobs) == 0 || jobs[0].Status == pipeline.Completed {
		return outcome{notMade, "nothing to go on with"}
	}
	e, err := s.w.run(ctx, s.resume(home)...)
	if err == nil && e.code == 1 && strings.Contains(e.errors, "nothing") {
		return outcome{notMade, e.says()}
	}
	if o := s.complete(ctx, home, e, err); o.verdict.bad() {
		return o.at("going on")
	}
	return fine("gone on with")
}

// killedDemo kills the making of a demo snapshot: it is there whole, or not, and
// what lies there instead stands in nobody's way.
func (w *workshop) killedDemo(context.Context) attempt {
	const pages = "150"
	return func(ctx context.Context, _ int, r *rand.Rand) outcome {
		folder, err := w.folder()
		if err != nil {
			return loss("prepare: %v", err)
		}
		file := filepath.Join(folder, "demo.db")
		delay := time.Duration(r.IntN(120)) * time.Millisecond
		e, wasKilled, err := w.kill(ctx, delay, "demo", file, "--pages", pages)
		what := fmt.Sprintf("a demo snapshot, killed after %s", delay)
		switch {
		case err != nil:
			return loss("%v", err).at("%s", what)
		case !wasKilled:
			return tidy(folder, outcome{notMade, "through before"}).at("%s", what)
		}
		if o, ok := e.panicked(); ok {
			return o.at("%s", what)
		}
		early, earlyErr := sum(file)
		again, err := w.run(ctx, "demo", file, "--pages", pages, "--overwrite")
		if err != nil || again.code != 0 {
			return loss("the next one fails: %v, %s", err, again.says()).at("%s", what)
		}
		whole, err := sum(file)
		if err != nil {
			return loss("%v", err).at("%s", what)
		}
		if earlyErr == nil && early != whole {
			return falsehood("half of it has the final name").at("%s", what)
		}
		return tidy(folder, fine("there at once: %v", earlyErr == nil)).at("%s", what)
	}
}

// listening is the line that tells where a server listens.
var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// killedServer kills a server while it exports.
func (s *specimen) killedServer(ctx context.Context, _ int, r *rand.Rand) outcome {
	folder, err := s.w.folder()
	if err != nil {
		return loss("prepare: %v", err)
	}
	home := filepath.Join(folder, "home")
	delay := time.Duration(r.Int64N(int64(s.took) + 1))
	started, err := s.serveAndKill(ctx, folder, home, delay)
	what := fmt.Sprintf("a server, killed %s after a start", delay)
	if err != nil {
		return loss("%v", err).at("%s", what)
	}
	o := s.judge(ctx, judged{home: home})
	if o.verdict.bad() {
		return o.at("%s", what)
	}
	jobs, _ := history(ctx, home)
	if started.Exists() && (len(jobs) == 0 || jobs[0].ID != started.ID) {
		return loss("job %d was answered and is not in the history", started.ID).at("%s", what)
	}
	if next := s.next(ctx, home); next.verdict.bad() {
		return next.at("%s", what)
	}
	return tidy(folder, o).at("%s", what)
}

// serveAndKill starts a server and an export on it, and kills it after a time. The
// job is the one that the server has answered with, if it did.
func (s *specimen) serveAndKill(ctx context.Context, folder, home string, after time.Duration) (job pipeline.Job, err error) {
	tokenFile := filepath.Join(folder, "token")
	if err := os.WriteFile(tokenFile, []byte(networkToken), 0o600); err != nil {
		return job, err
	}
	cmd := s.w.command(ctx, "serve", "--snapshot", s.snapshot, "--home", home, "--listen", "127.0.0.1:0", "--token-file", tokenFile,
		"--min-free-space", "-1", "--time-zone", "Europe/Berlin")
	errs, err := cmd.StderrPipe()
	if err != nil {
		return job, err
	}
	if err := cmd.Start(); err != nil {
		return job, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	}()
	url, lines := "", bufio.NewScanner(errs)
	for url == "" && lines.Scan() {
		url = listening.FindString(lines.Text())
	}
	if url == "" {
		return job, fmt.Errorf("the server does not say where it listens")
	}
	go func() {
		for lines.Scan() { // or it waits for somebody who reads
		}
	}()
	c, err := client.New(client.Options{BaseURL: url, Token: secret.Of(networkToken)})
	if err != nil {
		return job, err
	}
	defer c.CloseIdleConnections()
	from, err := pipeline.ParseFromDate(fromAll, time.Now())
	if err != nil {
		return job, err
	}
	go func() {
		pause(ctx, after)
		_ = cmd.Process.Kill()
	}()
	job, _ = c.Start(ctx, pipeline.Request{FromDate: from}) // which the kill may make fail
	pause(ctx, after)
	return job, nil
}
