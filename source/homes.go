package source

import (
	"maps"
	"path/filepath"
	"slices"
	"time"
)

// Home is a folder with jobs of a source, beside the one that its exports go to.
type Home struct {
	Path    string              `json:"path"`
	Reached map[int64]time.Time `json:"reached,omitempty"` // as in Source
}

// Homes are the paths of all homes, that of new exports first.
func (s Source) Homes() []string {
	paths := []string{s.Home}
	for _, h := range s.Others {
		paths = append(paths, h.Path)
	}
	return paths
}

// At returns the source with its exports in a home. The one in which they were until
// then becomes one of the others, and what was noted about its jobs goes with it.
func (s Source) At(home string) Source {
	home = filepath.Clean(home)
	if s.Home == "" || filepath.Clean(s.Home) == home {
		s.Home = home
		return s
	}
	others := append([]Home{{s.Home, s.Reached}}, s.Others...)
	s.Home, s.Reached, s.Others = home, nil, nil
	for _, h := range others {
		if filepath.Clean(h.Path) == home {
			s.Reached = h.Reached
		} else {
			s.Others = append(s.Others, h)
		}
	}
	return s
}

// Knowing returns the source with one more home, its own staying where it is.
func (s Source) Knowing(home string) Source { return s.At(home).At(s.Home) }

// Noted returns the source with the moment up to which a completed job in one of its
// homes has everything.
func (s Source) Noted(home string, job int64, moment time.Time) Source {
	own := s.Home
	s = s.At(home)
	s.Reached = maps.Clone(s.Reached)
	if s.Reached == nil {
		s.Reached = map[int64]time.Time{}
	}
	s.Reached[job] = moment
	return s.At(own)
}

// merged returns the source with the homes, and what is noted of their jobs, that
// another state of it has and s lacks.
func (s Source) merged(other Source) Source {
	if s.Home == "" {
		return s
	}
	own := s.Home
	for _, h := range append([]Home{{other.Home, other.Reached}}, other.Others...) {
		if h.Path == "" {
			continue
		}
		s = s.At(h.Path)
		for job, moment := range h.Reached {
			if _, noted := s.Reached[job]; !noted {
				s = s.Noted(h.Path, job, moment)
			}
		}
	}
	return s.At(own)
}

// clone returns a copy that shares nothing with s.
func (s Source) clone() Source {
	s.Tags = slices.Clone(s.Tags)
	s.Local.Rules = maps.Clone(s.Local.Rules)
	s.Reached = maps.Clone(s.Reached)
	s.Others = slices.Clone(s.Others)
	for i := range s.Others {
		s.Others[i].Reached = maps.Clone(s.Others[i].Reached)
	}
	return s
}
