package demo

import "strings"

// The directories. The LDAP directory comes first in the order of use although its id is the highest.
const (
	internalDirectory = 98305
	oldLDAPDirectory  = 98306
	ldapDirectory     = 163841
)

// credential stands where a password hash would be. An export must not contain it.
const credential = "{DEMO}never-export-this"

func (s *site) writeDirectories() error {
	at := s.rows.stampText(s.clock.work(s.clock.end - siteAge))
	w := s.rows
	for _, d := range []struct {
		id                       int64
		name, active, class, typ string
	}{
		{internalDirectory, "Confluence Internal Directory", "T", "com.atlassian.crowd.directory.InternalDirectory", "INTERNAL"},
		{oldLDAPDirectory, "Old LDAP", "F", "com.atlassian.crowd.directory.OpenLDAP", "CONNECTOR"},
		{ldapDirectory, "Corporate LDAP", "T", "com.atlassian.crowd.directory.OpenLDAP", "CONNECTOR"},
	} {
		err := w.exec("cwd_directory", d.id, d.name, strings.ToLower(d.name), at, at, d.active, nil, d.class,
			strings.ToLower(d.class), d.typ)
		if err != nil {
			return err
		}
	}
	const application = 65537
	err := w.exec("cwd_application", application, "crowd-embedded", "crowd-embedded", at, at, "T", nil, "CROWD", credential)
	if err != nil {
		return err
	}
	for i, id := range []int64{oldLDAPDirectory, ldapDirectory, internalDirectory} {
		if err := w.exec("cwd_app_dir_mapping", 131073+i, application, id, "T", i); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) writeUsers() error {
	for i := range int64(len(s.people.keys)) {
		if err := s.writeUser(i); err != nil {
			return err
		}
	}
	s.summary.Users = int64(len(s.people.keys))
	return nil
}

func (s *site) writeUser(i int64) error {
	key, name := s.people.keys[i], login(i)
	var lower any = strings.ToLower(name)
	kind := kindOfUser(i)
	switch kind {
	case anonymised:
		name, lower = key, key
	case noLowerName:
		lower = nil
	}
	if err := s.rows.exec("user_mapping", key, name, lower); err != nil {
		return err
	}
	switch kind {
	case removed, anonymised:
		return nil
	case twoDirectories:
		given, family, _ := nameOf(i)
		if err := s.writeDirectoryUser(i, internalDirectory, name, "example.org"); err != nil {
			return err
		}
		if cased := givenNames[given] + "." + familyNames[family]; strings.EqualFold(cased, name) {
			name = cased
		} else {
			name = strings.ToUpper(name)
		}
	case oldDirectory:
		if err := s.writeDirectoryUser(i, oldLDAPDirectory, name, "old.example.net"); err != nil {
			return err
		}
	}
	return s.writeDirectoryUser(i, ldapDirectory, name, "example.com")
}

func (s *site) writeDirectoryUser(i, directory int64, name, domain string) error {
	display, first, last := fullName(i)
	var mail, secret, active any = login(i) + "@" + domain, nil, "T"
	switch kindOfUser(i) {
	case inactive:
		active = "F"
	case unnamed:
		display, first, last, mail = "", "", "", nil
	}
	if directory == internalDirectory {
		secret = credential
	}
	at := s.clock.end - siteAge + (s.rand.below(siteAge))
	created := s.rows.stampText(s.clock.work(at))
	updated := s.rows.stampText(s.clock.work(s.clock.later(s.rand, at, 90*day)))
	var lowerMail any
	if mail != nil {
		lowerMail = strings.ToLower(mail.(string))
	}
	return s.rows.exec("cwd_user", s.directoryIDs.take(), name, strings.ToLower(name), active, created, updated,
		first, strings.ToLower(first), last, strings.ToLower(last), display, strings.ToLower(display), mail, lowerMail,
		nil, directory, secret)
}
