package keymap

import "slices"

// Binding is what some strokes do to a T.
type Binding[T any] struct {
	Strokes []Stroke
	Does    string // as people read it
	// Do does it. nil: the toolkit does, before anybody is asked.
	Do func(on T, s Stroke)
}

// Map is what keys do in a part of the window.
type Map[T any] []Binding[T]

// Run does what a stroke does, and reports whether it does anything.
func (m Map[T]) Run(on T, s Stroke) bool {
	for _, b := range m {
		if b.Do != nil && slices.Contains(b.Strokes, s) {
			b.Do(on, s)
			return true
		}
	}
	return false
}

// Line is a binding as people read it.
type Line struct{ Keys, Does string }

// Lines are the bindings as people read them.
func (m Map[T]) Lines() (list []Line) {
	for _, b := range m {
		list = append(list, Line{words(b.Strokes), b.Does})
	}
	return list
}

// Strokes are all strokes of the map.
func (m Map[T]) Strokes() (list []Stroke) {
	for _, b := range m {
		list = append(list, b.Strokes...)
	}
	return list
}
