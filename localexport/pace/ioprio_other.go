//go:build !linux

package pace

func lowerIOPriority() {}
