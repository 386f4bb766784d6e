package source

import (
	"net/url"
	"path/filepath"
	"strings"
)

// Mounted is the folder of this computer in which the shared home of a server is; "" if
// that is not known, or is elsewhere.
func (s Server) Mounted() string {
	if strings.Contains(s.Folder, "://") {
		return ""
	}
	return s.Folder
}

// FetchHome is the home into which jobs of a server are fetched: that of the source, or
// one of its own below homes.
func (s Source) FetchHome(homes string) string {
	if s.Home != "" || s.Kind != KindServer {
		return s.Home
	}
	name := s.Server.URL
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Host + strings.TrimSuffix(u.Path, "/")
	}
	// What looks like the ending of a file is one of a host.
	return filepath.Join(homes, "fetched", folderName(name+".")+"-"+s.ID[:min(len(s.ID), 8)])
}

// Fetch says which job of a server is fetched, and how.
type Fetch struct {
	Job int64 // 0: the last
	// Home is that into which it is fetched; "": FetchHome.
	Home string
	// Again fetches what is here already.
	Again bool
	// Unseen fetches an earlier job although nobody saw how it ended.
	Unseen   bool
	Progress func(Fetching) // called from another goroutine; nil: nobody is told
}

// Fetching is how far it is.
type Fetching struct {
	File        string
	Checking    bool  // all is here, and is looked at
	Done, Total int64 // bytes
}
