//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"time"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/server"
)

// scripted is a server that always tells the same job.
type scripted struct{ job pipeline.Job }

var _ pipeline.Exporter = scripted{}

func (s scripted) Start(context.Context, pipeline.Request) (pipeline.Job, error) {
	return pipeline.Job{}, &pipeline.RunningError{Job: s.job.Clone()}
}

func (s scripted) Status(context.Context) (pipeline.Job, error) { return s.job.Clone(), nil }

func (s scripted) Cancel(context.Context) (pipeline.Cancellation, error) {
	return pipeline.Cancellation{}, pipeline.ErrNotRunning
}

// servers starts scripted servers, puts their tokens into the keyring, and returns
// the file by which the window remembers them. They run until the program ends.
func (k *keyring) servers(ctx context.Context, n int, running bool) (string, error) {
	const token = "only-for-this-bench"
	type details struct {
		URL     string `json:"url"`
		Product string `json:"product"`
		Version string `json:"version"`
	}
	type source struct {
		ID     string  `json:"id"`
		Kind   string  `json:"kind"`
		Name   string  `json:"name"`
		Server details `json:"server"`
	}
	list := struct {
		Version int      `json:"version"`
		Chosen  string   `json:"chosen"`
		Sources []source `json:"sources"`
	}{Version: 1, Chosen: "server0"}
	for i := range n {
		began := time.Now().Add(-time.Duration(20+7*i) * time.Minute)
		job := pipeline.Job{ID: int64(i + 3), NodeID: "node1", Status: pipeline.Started, StartTime: pipeline.At(began)}
		if !running {
			job.Status, job.CompletedTime = pipeline.Completed, pipeline.At(began.Add(9*time.Minute))
			job.Statistics = &pipeline.Statistics{ExportedEntities: 91_234, WrittenRows: 95_117}
		}
		s := httptest.NewServer(server.Handler(scripted{job}, server.Options{Token: secret.Of(token)}))
		list.Sources = append(list.Sources, source{fmt.Sprintf("server%d", i), "server", fmt.Sprintf("Wiki %d", i+1), details{s.URL, "Confluence", "8.5"}})
		if place, err := k.store.Set(ctx, s.URL, token); err != nil || place != secret.Keyring {
			return "", fmt.Errorf("keep a token: %s, %w", place, err)
		}
	}
	b, err := json.Marshal(list)
	return string(b), err
}
