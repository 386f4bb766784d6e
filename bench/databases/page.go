package main

func (w *workshop) writePage(path string) error { return nil }
