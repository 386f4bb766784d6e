// Package server serves the export REST API (spec/rest-api.md) over any
// pipeline.Exporter, so that scripts written for the vendor's endpoint run
// unchanged against Sluice.
//
// What a request says and the API does not know is refused, not ignored: a body, or
// a parameter under another name, could be meant to limit the export.
//
// Handler is the API alone; Serve adds the listener, the token and the orderly
// shutdown. Both are made for one administrator on one computer: the loopback
// by default, a token always (bearer, or the password of HTTP Basic), wrong tokens
// slowed down by the address they come from, and a check of the Host header, so that a
// web page in a browser on the same computer cannot reach the API under a name
// of its own (DNS rebinding).
//
// A start is answered when the index is checked: 202, or 422 if it is
// inconsistent. A check that lasts longer than callers wait goes on behind a
// 202, and the status tells what it has found (Options.StartTimeout).
//
// Refusals that the vendor does not document have a JSON body of the form
// {"statusCode":400,"key":"from.date.invalid","message":"…"}.
package server
