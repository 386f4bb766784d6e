package snapshot

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// The row of the settings that holds the base URL is that of SettingsKey under
// GlobalContext (spec/confluence-database.md §6).
const (
	SettingsKey   = "atlassian.confluence.settings"
	GlobalContext = "_GLOBAL"
)

// BaseURL is the address of the instance that the snapshot holds, without a
// slash at its end, or "" if it holds none. Releases from 10.1 on keep it in
// plugin_setting as JSON, older ones in bandana as XML
// (spec/confluence-database.md §6).
func (s *Snapshot) BaseURL(ctx context.Context) (string, error) {
	c, err := s.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer c.Close()
	places := []struct {
		table, context, key, value string
		parse                      func([]byte) string
	}{
		{"plugin_setting", "namespace", "setting_key", "setting_value", BaseFromJSON},
		{"bandana", "bandanacontext", "bandanakey", "bandanavalue", BaseFromXML},
	}
	for _, p := range places {
		t := s.Table(p.table)
		if t == nil {
			continue
		}
		var base string
		sql := fmt.Sprintf("SELECT %s FROM %s AS t WHERE CAST(%s AS TEXT) = ?1", t.Select(p.value, p.context), sqlread.Quote(t.Name), t.Select(p.key))
		err := c.Each(sql, func(r *sqlread.Stmt) error {
			if base == "" && string(r.Bytes(1)) == GlobalContext {
				base = p.parse(r.Bytes(0))
			}
			return nil
		}, SettingsKey)
		if err != nil {
			return "", wording.Errorf("read the base URL from table %s: %w", t.Name, err)
		}
		if base != "" {
			return base, nil
		}
	}
	return "", nil
}

// BaseFromJSON finds the base URL in a value of plugin_setting; "" if it is not
// there.
func BaseFromJSON(b []byte) string {
	var settings struct {
		BaseURL string `json:"baseUrl"`
	}
	if json.Unmarshal(b, &settings) != nil {
		return ""
	}
	return CleanBase(settings.BaseURL)
}

// BaseFromXML finds the element baseUrl in a document that XStream wrote.
func BaseFromXML(b []byte) string {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "baseUrl" {
			var text string
			if d.DecodeElement(&text, &start) != nil {
				return ""
			}
			return CleanBase(text)
		}
	}
}

// CleanBase trims white space and one slash at the end.
func CleanBase(s string) string { return strings.TrimSuffix(strings.TrimSpace(s), "/") }
