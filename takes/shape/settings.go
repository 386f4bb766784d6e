package shape

import (
	"encoding/json"
	"encoding/xml"

	"sluice/localexport/snapshot"
)

// Of the settings only the base URL is needed; beside it are mail servers,
// addresses and more. The rows that hold it are written anew with nothing else
// in them.

// reduceBandana keeps the row of the global settings, up to release 10.0.
func reduceBandana(row [][]byte) bool {
	if string(row[1]) != snapshot.GlobalContext || string(row[2]) != snapshot.SettingsKey {
		return false
	}
	var settings struct {
		XMLName struct{} `xml:"settings"`
		BaseURL string   `xml:"baseUrl"`
	}
	settings.BaseURL = snapshot.BaseFromXML(row[3])
	b, err := xml.Marshal(settings)
	if err != nil {
		return false // a text can always be marshalled
	}
	row[3] = b
	return true
}

// reducePluginSetting keeps the row of the global settings, from release 10.1 on.
func reducePluginSetting(row [][]byte) bool {
	if string(row[0]) != snapshot.GlobalContext || string(row[1]) != snapshot.SettingsKey {
		return false
	}
	b, err := json.Marshal(map[string]string{"baseUrl": snapshot.BaseFromJSON(row[2])})
	if err != nil {
		return false
	}
	row[2] = b
	return true
}
