//go:build !headless && !ci && (gles || arm || arm64) && !darwin

package main

import (
	"github.com/go-gl/gl/v3.1/gles2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// hintContext asks for the context that the toolkit asks for.
func hintContext() {
	glfw.WindowHint(glfw.ClientAPI, glfw.OpenGLESAPI)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 0)
}

// drivenBy names the driver of the current context.
func drivenBy() (string, error) {
	if err := gles2.Init(); err != nil {
		return "", err
	}
	return gles2.GoStr(gles2.GetString(gles2.VERSION)) + ", " + gles2.GoStr(gles2.GetString(gles2.RENDERER)), nil
}
