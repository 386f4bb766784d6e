// Package sbom lists what a program is made of, in the form CycloneDX 1.5: the modules that
// are linked into it, as the program itself tells them, with their licences.
package sbom

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
)

type document struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Serial     string      `json:"serialNumber"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Time      string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type     string    `json:"type"`
	Ref      string    `json:"bom-ref"`
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	Purl     string    `json:"purl,omitempty"`
	Hashes   []hash    `json:"hashes,omitempty"`
	Licenses []license `json:"licenses,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type license struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

// Of is the document for a program that is built. licence names that of a module by its
// identifier of SPDX; "" if it is not known. at is the time of the release: the same program
// gives the same bytes.
func Of(program, version string, at time.Time, licence func(module, version string) string) ([]byte, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, fmt.Errorf("what %s is made of: %w", program, err)
	}
	return write(info, version, at, licence)
}

func write(info *buildinfo.BuildInfo, version string, at time.Time, licence func(module, version string) string) ([]byte, error) {
	d := document{Format: "CycloneDX", Spec: "1.5", Version: 1, Components: []component{}}
	d.Metadata.Time = at.UTC().Format(time.RFC3339)
	d.Metadata.Component = component{Type: "application", Ref: "sluice@" + version, Name: "sluice", Version: version, Licenses: licensed("Apache-2.0")}
	goVersion := strings.TrimPrefix(info.GoVersion, "go")
	d.Components = append(d.Components, component{Type: "library", Ref: "std@" + goVersion, Name: "std", Version: goVersion, Purl: "pkg:golang/std@" + goVersion, Licenses: licensed("BSD-3-Clause")})
	for _, m := range info.Deps {
		d.Components = append(d.Components, moduleOf(m, licence))
	}
	b, err := json.Marshal(d.Components)
	if err != nil {
		return nil, err
	}
	d.Serial = serial(sha256.Sum256(append([]byte(version), b...)))
	b, err = json.MarshalIndent(d, "", "  ")
	return append(b, '\n'), err
}

// moduleOf is a module, or what replaces it.
func moduleOf(m *debug.Module, licence func(module, version string) string) component {
	if m.Replace != nil {
		m = m.Replace
	}
	purl := "pkg:golang/" + (&url.URL{Path: m.Path}).EscapedPath() + "@" + url.PathEscape(m.Version)
	c := component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, Purl: purl}
	// The sum of go.sum is one over the files of the module.
	if sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Sum, "h1:")); err == nil && len(sum) == sha256.Size {
		c.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum)}}
	}
	if id := licence(m.Path, m.Version); id != "" {
		c.Licenses = licensed(id)
	}
	return c
}

func licensed(id string) []license {
	l := license{}
	l.License.ID = id
	return []license{l}
}

// serial is a UUID of what is in the document, so that the same has the same.
func serial(sum [sha256.Size]byte) string {
	sum[6] = sum[6]&0x0f | 0x80 // version 8: of one's own making
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
