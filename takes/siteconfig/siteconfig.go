// Package siteconfig reads the configuration of a Confluence, confluence.cfg.xml
// in its home folder, for the way to its database.
package siteconfig

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/wording"
)

// FileName is that of the configuration in the home folder of a Confluence.
const FileName = "confluence.cfg.xml"

const (
	// headSize is how much of a file is looked at to recognise it.
	headSize = 4096
	// sizeLimit bounds a configuration, in bytes. They have a few thousand.
	sizeLimit = 1 << 20
)

// root is the element that a configuration begins with, behind a declaration,
// comments and white space.
var root = regexp.MustCompile(`^(\x{feff})?\s*(<\?[^>]*\?>\s*|<!--(?s:.*?)-->\s*|<![^>\-]*>\s*)*<confluence-configuration[\s>]`)

// Is reports whether the first bytes of a file are those of a configuration,
// whatever its name.
func Is(head []byte) bool { return root.Match(head) }

// Find is the configuration that path names: the file itself, or the one in the
// home folder of a Confluence. It is "" if path is something else.
func Find(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", nil // who reads it says so
	}
	if info.IsDir() {
		path = filepath.Join(path, FileName)
		if info, err = os.Stat(path); err != nil {
			return "", nil
		}
	}
	if !info.Mode().IsRegular() {
		return "", nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) && filepath.Base(path) == FileName {
		return "", feed.Denied("%s cannot be read: it belongs to the user that runs Confluence, so read it as that user or as root, or copy it", path)
	}
	if err != nil {
		return "", nil
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || !Is(head[:n]) {
		return "", nil
	}
	return path, nil
}

// Database is the way to the database of a Confluence.
type Database struct {
	URL      string // for the JDBC driver
	User     string
	Password secret.Secret
	// Encrypted is true if the file holds the password in a form that only
	// Confluence can read; Password is empty then.
	Encrypted bool
	Schema    string // "" for the usual one
	Driver    string // class of the JDBC driver
	// DataSource is the name of a data source of the application server, which
	// holds everything else then.
	DataSource string
}

// Read reads the configuration at path.
func Read(path string) (Database, error) {
	f, err := os.Open(path)
	if err != nil {
		return Database{}, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, sizeLimit+1))
	if err != nil {
		return Database{}, err
	}
	if len(text) > sizeLimit {
		return Database{}, feed.Damaged("%s is far too long for a configuration of Confluence", path)
	}
	d, err := Parse(text)
	if err != nil {
		return Database{}, wording.Errorf("%s: %w", path, err)
	}
	return d, nil
}

// document is what counts of a configuration.
type document struct {
	XMLName    xml.Name `xml:"confluence-configuration"`
	SetupStep  string   `xml:"setupStep"`
	Properties []struct {
		Name string `xml:"name,attr"`
		Text string `xml:",chardata"`
	} `xml:"properties>property"`
}

// secured stands in place of a password that Confluence keeps elsewhere.
const secured = "{ATL_SECURED}"

// Parse reads a configuration. Its errors repeat nothing of it: it holds a
// password.
func Parse(text []byte) (Database, error) {
	var doc document
	if err := xml.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &doc); err != nil {
		where := ""
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) {
			where = fmt.Sprintf(" (line %d)", syntax.Line)
		}
		return Database{}, feed.Damaged("the configuration is damaged or cut%s: take it from the home folder of Confluence again", where)
	}
	has := map[string]string{}
	for _, p := range doc.Properties {
		has[p.Name] = p.Text
	}
	clean := func(name string) string { return strings.TrimSpace(has[name]) }
	d := Database{URL: clean("hibernate.connection.url"), User: clean("hibernate.connection.username"), Schema: clean("hibernate.default_schema"),
		Driver: clean("hibernate.connection.driver_class"), DataSource: clean("hibernate.connection.datasource")}
	password := has["hibernate.connection.password"] // spaces may belong to it
	switch {
	case clean("jdbc.password.decrypter.classname") != "" || strings.TrimSpace(password) == secured:
		d.Encrypted = true
	case password != "":
		d.Password = secret.Of(password)
	}
	if d.URL == "" && d.DataSource == "" {
		if step := strings.TrimSpace(doc.SetupStep); step != "" && step != "complete" {
			return Database{}, feed.Damaged("the configuration names no database: the set-up of this Confluence is not complete (%.40s)", step)
		}
		return Database{}, feed.Damaged("the configuration names no database (no hibernate.connection.url)")
	}
	return d, nil
}
