// Package view holds the screens of the window. Each has a Render method that
// takes what package present made and is the only code that touches its
// widgets; what people do comes out through callbacks. Everything here runs on
// the UI goroutine.
package view
