//go:build !linux && !headless && !ci

package main

// unneeded leaves it to the system what it keeps in memory.
func unneeded() func() { return nil }
