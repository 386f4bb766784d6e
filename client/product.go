package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Product is what runs at the address; the zero Product is not recognised.
type Product struct {
	Name    string // "Confluence", "Jira", "Bitbucket" or "Sluice"
	Version string // "9.2.13"; may be empty
	Build   string // build number; may be empty
}

// String is "Confluence 9.2.13", or empty if not recognised.
func (p Product) String() string { return strings.TrimSpace(p.Name + " " + p.Version) }

// productSources are the operations in which the vendor documents that a
// product tells its version: "Get server information" of Confluence (only its
// newer versions have it), serverInfo of Jira, and the application properties
// of Bitbucket. Each exists in its own product alone, so the one that answers
// names the product.
var productSources = []struct{ name, path string }{
	{"Jira", "/rest/api/2/serverInfo"},
	{"Confluence", "/rest/api/server-information"},
	{"Bitbucket", "/rest/api/latest/application-properties"},
}

// firstVersions came with the data pipeline (spec/behaviour.md §1).
var firstVersions = map[string][2]int{"Jira": {8, 14}, "Confluence": {7, 12}, "Bitbucket": {7, 13}}

// product finds out what runs at the address. What it cannot find out stays
// empty.
func (c *Client) product(ctx context.Context, status answer) Product {
	if name, version, _ := strings.Cut(status.header.Get("Server"), "/"); name == "Sluice" {
		return Product{Name: name, Version: c.words(version)}
	}
	for _, source := range productSources {
		k := call{op: opVersion, method: http.MethodGet, path: source.path,
			timeout: c.options.Timeout, expect: []int{http.StatusOK}}
		a, fail := c.once(ctx, k)
		if fail != nil {
			if !fail.Answered() {
				return Product{}
			}
			continue
		}
		var info struct {
			Version     string      `json:"version"`
			BuildNumber json.Number `json:"buildNumber"`
		}
		if c.decode(k, a, &info) == nil && info.Version != "" {
			return Product{Name: source.name, Version: c.words(info.Version), Build: c.words(info.BuildNumber.String())}
		}
	}
	return Product{}
}

// tooOld says that the product came before the data pipeline; empty if it did
// not, or if that is not known.
func (p Product) tooOld() string {
	first, ok := firstVersions[p.Name]
	major, rest, _ := strings.Cut(p.Version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	x, err1 := strconv.Atoi(major)
	y, err2 := strconv.Atoi(minor)
	if !ok || err1 != nil || err2 != nil {
		return ""
	}
	if x > first[0] || x == first[0] && y >= first[1] {
		return ""
	}
	return fmt.Sprintf("%s came before the data pipeline, which begins with %d.%d", p, first[0], first[1])
}
