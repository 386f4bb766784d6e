package takes

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sluice/secret"
	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/takes/login"
	"sluice/takes/mylive"
	"sluice/takes/pglive"
	"sluice/takes/siteconfig"
	"sluice/wording"
)

// Product is the kind of a running database.
type Product string

// The products that Sluice reads. MySQL stands for MariaDB as well.
const (
	PostgreSQL Product = "PostgreSQL"
	MySQL      Product = "MySQL"
)

// BarePostgres is the source for a PostgreSQL that Database says everything of.
const BarePostgres = "postgres://"

// Retries is how often the reading of a standby that cancels it begins anew, unless
// somebody says otherwise.
const Retries = 3

// Target is what a source names: a running database and the way to it, or, with an
// empty Product, something else.
type Target struct {
	Product Product
	// Config is the confluence.cfg.xml that names the database; "" if the source
	// is its address.
	Config string
	// Place is where the database is, for people: hosts, ports and name.
	Place string
	// Name is that of the database, User the one to log in as, Schema the one
	// with Confluence's tables, if the source says it.
	Name, User, Schema string
	// Account is the name under which the keyring has the password.
	Account string
	// Password is the one in the source. It is used without being asked for.
	Password secret.Secret
	// Encrypted is true if the source holds a password in a form that only
	// Confluence can read: somebody has to be asked.
	Encrypted bool
	// Notes are sentences about what of the source is not used.
	Notes []string

	address, user string // as the source has them
}

// Resolve tells what a source names, and opens no connection. A source is an
// address (postgres://…, mysql://…, mariadb://…, jdbc:…), a confluence.cfg.xml or the
// home folder of a Confluence that holds one, whatever the file's name; anything else
// is left to Take. It is for the window, too: an address with a password comes apart
// here, and the configuration shows where its database is.
//
// An error says what is wrong, and nothing of the source that may be a secret.
func Resolve(source string) (Target, error) { return locate(source, Database{}) }

func locate(source string, d Database) (Target, error) {
	if pglive.IsAddress(source) || mylive.IsAddress(source) {
		return ofAddress(Target{address: source}, d)
	}
	if source == "-" {
		return Target{}, nil
	}
	if other := otherProduct(source); other != "" {
		return Target{}, notRead(other)
	}
	if _, has := PasswordIn(source); has {
		return Target{}, feed.Misused("there is no such file, and what looks like an address with a password is not repeated here: write an address as postgres://user@host:5432/name or mysql://user@host:3306/name")
	}
	file, err := siteconfig.Find(source)
	if file == "" || err != nil {
		return Target{}, err
	}
	config, err := siteconfig.Read(file)
	if err != nil {
		return Target{}, err
	}
	t, err := ofConfig(file, config, d)
	if err != nil {
		err = wording.Errorf("%s: %w", file, err)
	}
	return t, err
}

// ofAddress fills in what the address of t says.
func ofAddress(t Target, d Database) (Target, error) {
	var unused []string
	var password secret.Secret
	if pglive.IsAddress(t.address) {
		p, err := pglive.Locate(pglive.Options(t.options(d)))
		if err != nil {
			return Target{}, err
		}
		t.Product, t.Account, t.Place, t.Name, t.User, password, unused = PostgreSQL, p.Account, p.Address, p.Name, p.User, p.Password, p.Unused
		if t.Schema == "" {
			t.Schema = p.Schema
		}
	} else {
		p, err := mylive.Locate(mylive.Options(t.options(d)))
		if err != nil {
			return Target{}, err
		}
		t.Product, t.Account, t.Place, t.Name, t.User, password, unused = MySQL, p.Account, p.Address, p.Name, p.User, p.Password, p.Unused
	}
	if t.Password.Empty() {
		t.Password = password
	}
	if len(unused) > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("Sluice does not use these settings of the address: %s.", strings.Join(unused, ", ")))
	}
	return t, nil
}

// ofConfig fills in what a configuration says.
func ofConfig(file string, c siteconfig.Database, d Database) (Target, error) {
	switch other := otherProduct(c.URL); {
	case c.DataSource != "":
		return Target{}, feed.Damaged("this Confluence takes its database from a data source of Tomcat, %q, so that the address is not in this file: "+
			"look up its url and username (a Resource of that name in Tomcat's conf/server.xml, or below conf/Catalina) and give them, with --user", c.DataSource)
	case other != "":
		return Target{}, notRead(other)
	case !pglive.IsAddress(c.URL) && !mylive.IsAddress(c.URL):
		return Target{}, feed.Damaged("the database of this Confluence is of a kind that Sluice does not know (driver %q)", c.Driver)
	}
	t := Target{Config: file, address: c.URL, user: c.User, Schema: c.Schema, Encrypted: c.Encrypted}
	if d.User == "" || d.User == c.User { // else the password is another user's
		t.Password = c.Password
	}
	return ofAddress(t, d)
}

// options are those for a database at the target.
func (t Target) options(d Database) live.Options {
	return live.Options{Address: t.address, Host: d.Host, Port: d.Port, Name: d.Name, User: cmp.Or(d.User, t.user)}
}

// ways are the ways to the password of the target.
func (d Database) ways(t Target) *login.Ways {
	w := &login.Ways{Given: login.Found{Password: d.Password, From: cmp.Or(d.PasswordFrom, "what was given")}, Keyring: d.Keyring, Ask: d.Ask, Save: d.SavePassword}
	if d.Password.Empty() {
		w.Given = login.Found{Password: t.Password, From: cmp.Or(t.Config, "the address")}
	}
	if t.Encrypted {
		w.Given.Remark = fmt.Sprintf("%s holds the password in a form that only Confluence can read.", t.Config)
	}
	return w
}

// reached says how the database was reached.
func (t Target) reached(user string, s feed.Safety, w way) []string {
	how := wording.Of("Logged in as %s", user)
	if from := w.login.From(); from != "" {
		how = wording.Of("Logged in as %s with the password from %s", user, from)
	}
	how = wording.Of("%s, %s", how, s.String())
	if w.through != nil {
		how = wording.Of("%s, through the SSH server %s", how, w.through.String())
	}
	return slices.Concat(t.Notes, w.through.Notes(), []string{how.String() + "."}, w.login.Notes)
}

// otherAddress finds the addresses of databases that Sluice does not read.
var otherAddress = regexp.MustCompile(`(?i)^(?:jdbc:)?(jtds:sqlserver|sqlserver|mssql|oracle|h2|hsqldb|db2)[:+]`)

var productNames = map[string]string{"jtds:sqlserver": "SQL Server", "sqlserver": "SQL Server", "mssql": "SQL Server", "oracle": "Oracle", "h2": "H2", "hsqldb": "HSQLDB", "db2": "Db2"}

// otherProduct is the name of a product that an address is of and that Sluice does
// not read; "" if it is none.
func otherProduct(address string) string {
	found := otherAddress.FindStringSubmatch(address)
	if found == nil {
		return ""
	}
	return productNames[strings.ToLower(found[1])]
}

func notRead(product string) error {
	return feed.Damaged("Sluice reads no running %s: \"docs/other-databases.md\" says how its tables become a SQLite file; or take an XML backup in Confluence, and give the path of that", product)
}
