package grid

const minThumb = 28 // pixels, so that it can be taken hold of

// thumb is where the thumb of a scroll bar stands on a track of that many pixels,
// for a position 0…1 and the share of the whole that is in sight.
func thumb(track, position, share float64) (at, length float64) {
	length = min(track, max(minThumb, track*share))
	return position * (track - length), length
}

// thumbPosition is the position 0…1 that puts the start of the thumb at `at`.
func thumbPosition(track, at, share float64) float64 {
	_, length := thumb(track, 0, share)
	if track <= length {
		return 0
	}
	return max(0, min(1, at/(track-length)))
}
