package pipeline

import (
	"bytes"
	"encoding/json"
	"slices"
)

// wireJob is Job in the order in which the API prints its members.
type wireJob struct {
	StartTime        Time         `json:"startTime,omitzero"`
	CancelledTime    Time         `json:"cancelledTime,omitzero"`
	CompletedTime    Time         `json:"completedTime,omitzero"`
	NodeID           string       `json:"nodeId,omitempty"`
	ID               int64        `json:"jobId,omitempty"`
	Status           Status       `json:"status,omitempty"`
	Config           *Config      `json:"config,omitempty"`
	Statistics       *Statistics  `json:"statistics,omitempty"`
	Errors           []Diagnostic `json:"errors,omitempty"`
	Warnings         []Diagnostic `json:"warnings,omitempty"`
	Schema           *Schema      `json:"schema,omitempty"`
	RootExportPath   string       `json:"rootExportPath,omitempty"`
	OptedOutEntities []OptedOut   `json:"optedOutEntities,omitempty"`
	OptedOutFiles    []string     `json:"optedOutFiles,omitempty"`
}

// wireNames are the members that the API documents.
var wireNames = []string{
	"startTime", "cancelledTime", "completedTime", "nodeId", "jobId", "status", "config", "statistics",
	"errors", "warnings", "schema", "rootExportPath", "optedOutEntities", "optedOutFiles",
}

// MarshalJSON writes the REST document: absent fields absent, times in
// TimeFormat, members in the order of the vendor's samples, Extra last.
func (j Job) MarshalJSON() ([]byte, error) {
	w := wireJob{
		StartTime: j.StartTime, CancelledTime: j.CancelledTime, CompletedTime: j.CompletedTime,
		NodeID: j.NodeID, ID: j.ID, Status: j.Status, Statistics: j.Statistics,
		Errors: j.Errors, Warnings: j.Warnings, Schema: j.Schema, RootExportPath: j.RootExportPath,
		OptedOutEntities: j.OptedOutEntities, OptedOutFiles: j.OptedOutFiles,
	}
	if j.Exists() {
		w.Config = &j.Config
	}
	for _, name := range j.Unread() {
		w.withhold(name)
	}
	b, err := json.Marshal(w)
	if err != nil || len(j.Extra) == 0 {
		return b, err
	}
	return appendMembers(b, j.Extra)
}

// withhold leaves out a member that is written as it came.
func (w *wireJob) withhold(name string) {
	switch name {
	case "config":
		w.Config = nil
	case "statistics":
		w.Statistics = nil
	case "errors":
		w.Errors = nil
	case "warnings":
		w.Warnings = nil
	case "schema":
		w.Schema = nil
	case "optedOutEntities":
		w.OptedOutEntities = nil
	case "optedOutFiles":
		w.OptedOutFiles = nil
	}
}

// appendMembers adds members to the JSON object b, in the order of their names.
func appendMembers(b []byte, members map[string]json.RawMessage) ([]byte, error) {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	b = bytes.TrimSuffix(b, []byte("}"))
	for _, name := range names {
		if len(b) > 1 {
			b = append(b, ',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, key...), ':'), members[name]...)
	}
	return append(b, '}'), nil
}
