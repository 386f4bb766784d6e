// Package present decides what the window says: it turns jobs, progress and
// errors into words, tones, figures and enabled controls. It knows no Fyne, so
// every rule of the window is tested as a table.
package present
