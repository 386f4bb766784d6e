package siteconfig

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/secret"
	"sluice/takes/feed"
)

// config is a configuration with these properties, as Confluence writes it.
func config(properties string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>

<confluence-configuration>
  <setupStep>complete</setupStep>
  <setupType>custom</setupType>
  <buildNumber>9012</buildNumber>
  <properties>
    <property name="admin.ui.allow.daily.backup.custom.location">false</property>
    <property name="hibernate.connection.isolation">2</property>
` + properties + `
  </properties>
</confluence-configuration>
`
}

func property(name, value string) string {
	return `    <property name="` + name + `">` + value + "</property>\n"
}

const postgresDriver = "org.postgresql.Driver"

func TestConfigurations(t *testing.T) {
	url := property("hibernate.connection.url", "jdbc:postgresql://db:5432/wiki?a=1&amp;b=2")
	for name, c := range map[string]struct {
		text string
		want Database
	}{
		"PostgreSQL": {config(url + property("hibernate.connection.username", "wiki") + property("hibernate.connection.password", "p&amp;w &lt;ü ") + property("hibernate.connection.driver_class", postgresDriver)),
			Database{URL: "jdbc:postgresql://db:5432/wiki?a=1&b=2", User: "wiki", Password: secret.Of("p&w <ü "), Driver: postgresDriver}},
		"CDATA and a schema": {config(url + property("hibernate.connection.password", "<![CDATA[a<b]]>") + property("hibernate.default_schema", "Wiki")),
			Database{URL: "jdbc:postgresql://db:5432/wiki?a=1&b=2", Password: secret.Of("a<b"), Schema: "Wiki"}},
		"an encrypted password": {config(url + property("hibernate.connection.password", "rO0ABXQABHBhc3M=") + property("jdbc.password.decrypter.classname", "com.atlassian.db.config.password.ciphers.base64.Base64Cipher")),
			Database{URL: "jdbc:postgresql://db:5432/wiki?a=1&b=2", Encrypted: true}},
		"a password kept elsewhere": {config(url + property("hibernate.connection.password", "{ATL_SECURED}")),
			Database{URL: "jdbc:postgresql://db:5432/wiki?a=1&b=2", Encrypted: true}},
		"a data source": {config(property("hibernate.connection.datasource", "java:comp/env/jdbc/wiki")), Database{DataSource: "java:comp/env/jdbc/wiki"}},
	} {
		if !Is([]byte(c.text)) {
			t.Errorf("%s: not recognised", name)
		}
		got, err := Parse([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Password.Reveal() != c.want.Password.Reveal() {
			t.Errorf("%s: another password", name)
		}
		got.Password, c.want.Password = secret.Secret{}, secret.Secret{}
		if got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestDamagedConfigurations(t *testing.T) {
	whole := config(property("hibernate.connection.password", "geheim") + property("hibernate.connection.url", "jdbc:postgresql://db/wiki"))
	for name, c := range map[string]struct{ text, want string }{
		"cut":            {whole[:strings.Index(whole, "heim")], "cut (line 10)"},
		"no database":    {config(property("hibernate.connection.password", "geheim")), "no hibernate.connection.url"},
		"set-up":         {strings.Replace(config(""), ">complete<", ">setupdbchoice<", 1), "set-up of this Confluence is not complete (setupdbchoice)"},
		"another XML":    {"<a>geheim</a>", "damaged"},
		"no entity":      {strings.Replace(whole, "geheim", "&geheim;", 1), "line 10"},
		"not UTF-8":      {strings.Replace(whole, "geheim", "geheim\xff", 1), "line 10"},
		"no XML":         {"geheim", "damaged"},
		"empty":          {"", "damaged"},
		"other encoding": {strings.Replace(whole, "UTF-8", "UTF-16", 1), "damaged"},
	} {
		_, err := Parse([]byte(c.text))
		if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "heim") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFind(t *testing.T) {
	home := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	named := write(FileName, config(""))
	for path, want := range map[string]string{
		named: named,
		home:  named,
		write("old.xml.bak", "\ufeff<!-- kept -->\n"+config("")[39:]):       filepath.Join(home, "old.xml.bak"),
		write("other.xml", "<hibernate-generic><confluence-configuration>"): "",
		write("empty", ""):         "",
		filepath.Join(home, "nix"): "",
		t.TempDir():                "",
	} {
		if got, err := Find(path); got != want || err != nil {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(config(property("hibernate.connection.url", "jdbc:postgresql://db/wiki") + property("hibernate.connection.password", "geheim"))))
	f.Fuzz(func(t *testing.T, text []byte) {
		if d, err := Parse(text); err == nil && d.URL == "" && d.DataSource == "" {
			t.Error("a configuration without a database is taken")
		}
	})
}
