package client

import (
	"context"
	"errors"

	"sluice/pipeline"
)

// Client is a pipeline.Exporter over the REST API of one server. It is safe for
// use by several goroutines.
type Client struct{ options Options }

var _ pipeline.Exporter = (*Client)(nil)

var errTODO = errors.New("not built yet")

// New returns a client. It checks the options and reads the CA file; it does
// not connect.
func New(o Options) (*Client, error) { return &Client{options: o}, nil }

// NormalizeBaseURL returns the address of a product in one spelling.
func NormalizeBaseURL(s string) (string, error) { return s, nil }

// BaseURL is the normalised address of the server.
func (c *Client) BaseURL() string { return c.options.BaseURL }

// CloseIdleConnections closes connections that are not in use. A watcher calls
// it after the computer slept or the network changed.
func (c *Client) CloseIdleConnections() {}

// Start starts an export (POST /export).
func (c *Client) Start(ctx context.Context, r pipeline.Request) (pipeline.Job, error) {
	return pipeline.Job{}, errTODO
}

// Status reads the running or most recent job (GET /export).
func (c *Client) Status(ctx context.Context) (pipeline.Job, error) {
	return pipeline.Job{}, errTODO
}

// Cancel asks the running job to stop (DELETE /export).
func (c *Client) Cancel(ctx context.Context) (pipeline.Cancellation, error) {
	return pipeline.Cancellation{}, errTODO
}

// ExportPath is the directory that the server exports to
// (GET /config/export-path). Older products do not have the operation: the
// error then has KindNotFound or KindNotSupported.
func (c *Client) ExportPath(ctx context.Context) (string, error) { return "", errTODO }

// SetExportPath changes the directory, an absolute path on the server, and
// returns it as the server has understood it (PUT /config/export-path).
func (c *Client) SetExportPath(ctx context.Context, path string) (string, error) {
	return "", errTODO
}

// ResetExportPath goes back to the default directory (DELETE /config/export-path).
func (c *Client) ResetExportPath(ctx context.Context) error { return errTODO }
