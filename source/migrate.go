package source

import (
	"encoding/json"

	"sluice/rules"
)

// windowRules are the rules that had a field each when the window kept the sources.
type windowRules struct {
	KeepNUL     bool `json:"keepNul"`
	SkipBadRows bool `json:"skipBadRows"`
	Statusless  bool `json:"statusless"`
	Archived    bool `json:"archived"`
}

// migrated are the sources of a file of the window, which is b, with their rules by the
// names that these have.
func migrated(l List, b []byte) (List, error) {
	var old struct {
		Sources []struct {
			Local windowRules `json:"local"`
		} `json:"sources"`
	}
	if err := json.Unmarshal(b, &old); err != nil {
		return nil, err
	}
	for i, s := range old.Sources {
		chosen := rules.Chosen{}
		for name, on := range map[string]bool{"keep-nul": s.Local.KeepNUL, "skip-bad-rows": s.Local.SkipBadRows,
			"statusless-content": s.Local.Statusless, "include-archived": s.Local.Archived} {
			if on {
				chosen[name] = rules.On
			}
		}
		if len(chosen) > 0 {
			l[i].Local.Rules = chosen
		}
	}
	return l, nil
}
