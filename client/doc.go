// Package client runs exports on a Confluence, Jira or Bitbucket Data Center
// server over its export REST API.
//
// A Client is a pipeline.Exporter over <base>/rest/datapipeline/latest
// (spec/rest-api.md). Reads are retried, writes are sent once. Every failure is
// an *Error that says in one sentence what went wrong and what to do about it;
// tokens, passwords and bodies never appear in errors or logs.
//
//	c, err := client.New(client.Options{BaseURL: "https://example.com/confluence", Token: token})
//	if err != nil { … }
//	job, err := c.Status(ctx)
//
// The package watch below this one follows any pipeline.Exporter.
package client
