// Package ui is the window of Sluice.
//
// A Window wires three parts together: package source (which sources there are),
// package session (what is known of each, and what people ask of it) and package
// view (the screens), with package present deciding what is said. It knows no
// engine: main hands a Backend in.
//
// Everything of a Window happens on the UI goroutine. Work that takes time runs
// with a context in goroutines of its own and returns through Options.Dispatch.
package ui
