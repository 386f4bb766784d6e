// Package pipeline is the vocabulary of Sluice: what a data pipeline export is,
// whichever engine runs it.
//
// An Exporter starts, watches and cancels exports. Two engines satisfy it: a
// server's export REST API, and the local exporter that reads a snapshot of the
// database. The JSON of a Job is the document that the vendor's REST API
// prints (spec/rest-api.md §3 and §4), so the same bytes travel over HTTP,
// appear on the command line and rest in the job history.
//
// The package imports nothing of Sluice.
package pipeline
