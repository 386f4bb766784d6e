//go:build !linux && !windows

package statusicon

// onTapped does nothing: a click on the icon opens its menu.
func onTapped(func()) {}
