package demo

import "fmt"

// settingsXML is the row of bandana that holds the global settings, as XStream writes them (shortened).
const settingsXML = `<settings>
  <allowCamelCase>false</allowCamelCase>
  <baseUrl>` + BaseURL + `</baseUrl>
  <defaultEncoding>UTF-8</defaultEncoding>
  <globalDefaultLocale>en_GB</globalDefaultLocale>
  <siteTitle>Demo &amp; Example Wiki</siteTitle>
  <indexingLanguage>english</indexingLanguage>
</settings>`

func (s *site) writeSettings() error {
	w := s.rows
	first := s.clock.work(s.clock.end - siteAge)
	for _, b := range []struct{ context, key, value string }{
		{"_GLOBAL", "atlassian.confluence.settings", settingsXML},
		{"_GLOBAL", "atlassian.confluence.smtp.mail.servers", "<list><mail><password>" + credential + "</password></mail></list>"},
		{spaceKeys[0], "atlassian.confluence.space.settings", "<space-settings><disableLogo>true</disableLogo></space-settings>"},
	} {
		if err := w.exec("bandana", s.settingIDs.take(), b.context, b.key, b.value); err != nil {
			return err
		}
	}
	for _, v := range []struct {
		build int64
		tag   string
		at    int64
	}{
		{8703, "7.13.5", first},
		{8804, "7.19.8", first + 400*day},
		{BuildNumber, "8.5.6", first + 800*day},
	} {
		at := w.stampText(v.at)
		if err := w.exec("confversion", s.settingIDs.take(), v.build, at, v.tag, at, at); err != nil {
			return fmt.Errorf("version history: %w", err)
		}
	}
	return nil
}
