// Package portal asks for a file with the dialog of the desktop, by the portal that
// desktops of Linux offer on the session bus: org.freedesktop.portal.FileChooser
// (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html).
// Other systems, and sessions without one, have none.
package portal

import (
	"net/url"
	"path/filepath"
	"strings"

	"sluice/ui/chooser"
)

// Words are what the dialog says where it is not the desktop's own.
type Words struct{ OpenFile, OpenFolder, SaveFile, Suited, All string }

func (w Words) title(k chooser.Kind) string {
	return map[chooser.Kind]string{chooser.OpenFile: w.OpenFile, chooser.OpenFolder: w.OpenFolder, chooser.SaveFile: w.SaveFile}[k]
}

// pathOf is the path that the address of a file stands for; "" for what lies elsewhere. Unlike
// in a query, + is a letter in it.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "file" || u.Host != "" && u.Host != "localhost" {
		return ""
	}
	return filepath.FromSlash(u.Path)
}

// glob is a pattern of a portal for an ending, whatever the case of its letters.
func glob(ending string) string {
	var b strings.Builder
	b.WriteByte('*')
	for _, r := range ending {
		if upper := strings.ToUpper(string(r)); upper != string(r) {
			b.WriteString("[" + string(r) + upper + "]")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
