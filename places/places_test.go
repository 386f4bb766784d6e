package places

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	home := map[string]string{"HOME": "/home/me"}
	for _, c := range []struct {
		goos                string
		env                 map[string]string
		exist               string
		config, data, cache string
	}{
		{"linux", home, "", "/home/me/.config/sluice", "/home/me/.local/share/sluice", "/home/me/.cache/sluice"},
		{"linux", map[string]string{"HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_CACHE_HOME": "/k"}, "",
			"/c/sluice", "/d/sluice", "/k/sluice"},
		{"linux", map[string]string{"XDG_DATA_HOME": "/d"}, "", "HOME is not set", "/d/sluice", "HOME is not set"},
		{"linux", nil, "", "HOME is not set", "HOME is not set", "HOME is not set"},
		{"linux", map[string]string{"HOME": "h", "XDG_DATA_HOME": "d"}, "", `HOME must hold a path from the root, and is "h"`,
			`XDG_DATA_HOME must hold a path from the root, and is "d"`, `HOME must hold a path from the root, and is "h"`},
		{"freebsd", home, "", "/home/me/.config/sluice", "/home/me/.local/share/sluice", "/home/me/.cache/sluice"},
		{"darwin", home, "", "/home/me/Library/Application Support/sluice", "/home/me/Library/Application Support/sluice", "/home/me/Library/Caches/sluice"},
		{"darwin", home, "/home/me/.local/share/sluice/data-pipeline", "/home/me/Library/Application Support/sluice", "/home/me/.local/share/sluice", "/home/me/Library/Caches/sluice"},
		{"darwin", map[string]string{"HOME": "/home/me", "XDG_DATA_HOME": "/d"}, "", "/home/me/Library/Application Support/sluice", "/d/sluice", "/home/me/Library/Caches/sluice"},
		{"darwin", nil, "", "HOME is not set", "HOME is not set", "HOME is not set"},
		{"windows", map[string]string{"AppData": "/r", "LocalAppData": "/l", "HOME": "/home/me"}, "", "/r/sluice", "/l/sluice/data", "/l/sluice"},
		{"windows", home, "", "AppData is not set", "LocalAppData is not set", "LocalAppData is not set"},
	} {
		s := system{goos: c.goos, getenv: func(name string) string { return c.env[name] }, isAbs: func(p string) bool { return strings.HasPrefix(p, "/") },
			exists: func(path string) bool { return c.exist != "" && filepath.ToSlash(path) == c.exist }}
		for want, place := range map[*string]func() (string, error){&c.config: s.config, &c.data: s.data, &c.cache: s.cache} {
			got, err := place()
			if err != nil {
				if got != "" || !strings.HasSuffix(err.Error(), *want) {
					t.Errorf("%s %v: %q, %v, want %s", c.goos, c.env, got, err, *want)
				}
				continue
			}
			if filepath.ToSlash(got) != *want {
				t.Errorf("%s %v: %s, want %s", c.goos, c.env, got, *want)
			}
		}
	}
}
