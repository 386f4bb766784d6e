//go:build !headless && !ci && ((!gles && !arm && !arm64) || darwin)

package main

import (
	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// hintContext asks for the context that the toolkit asks for.
func hintContext() {
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
}

// drivenBy names the driver of the current context.
func drivenBy() (string, error) {
	if err := gl.Init(); err != nil {
		return "", err
	}
	return "OpenGL " + gl.GoStr(gl.GetString(gl.VERSION)) + ", " + gl.GoStr(gl.GetString(gl.RENDERER)), nil
}
