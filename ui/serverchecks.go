package ui

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sluice/secret"
	"sluice/source"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// read checks the form and hands on what it says if nothing is wrong with it. What
// takes a look at the disk is checked in the background.
func (s *serverPanel) read(in view.ServerInput, then func(next source.Source)) {
	url, problems, err := s.check(in)
	if err != nil {
		s.refuse(present.Sentence(err))
		return
	}
	if len(problems) > 0 {
		s.complain(problems)
		return
	}
	s.reading++
	reading := s.reading
	go func() {
		problems := checkFiles(in)
		s.w.later(func() {
			switch {
			case reading != s.reading: // the form was sent again meanwhile
			case len(problems) > 0:
				s.complain(problems)
			default:
				s.m.Problems, s.m.Message = nil, ""
				then(s.described(in, url))
			}
		})
	}()
}

// check checks the form as far as that takes no look at the disk.
func (s *serverPanel) check(in view.ServerInput) (url string, p present.Problems, err error) {
	servers, err := s.w.servers()
	if err != nil {
		return "", nil, err
	}
	url, p = present.CheckServer(in, servers.NormalizeURL, func(url string) bool {
		return s.e != nil && (url == "" || url == s.e.source.Server.URL)
	})
	return url, append(p, in.CheckPlaces(servers.NormalizeProxy, servers.CheckSharedHome)...), nil
}

// described is the source that a form without mistakes describes.
func (s *serverPanel) described(in view.ServerInput, url string) source.Source {
	name := strings.TrimSpace(in.Name)
	if name == "" {
		name = strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")
	}
	var sv source.Server
	if s.e != nil { // what no field tells stays
		sv = s.e.source.Server
	}
	before := sv
	sv.URL, sv.TokenFile, sv.TokenCommand = url, strings.TrimSpace(in.TokenFile), strings.TrimSpace(in.TokenCommand)
	sv.CAFile, sv.Insecure, sv.CertFile, sv.KeyFile = strings.TrimSpace(in.CAFile), in.Insecure, strings.TrimSpace(in.CertFile), strings.TrimSpace(in.KeyFile)
	sv.Headers, sv.Folder, sv.SSHKey, sv.KnownHosts = strings.TrimSpace(in.Headers), strings.TrimSpace(in.Folder), strings.TrimSpace(in.SSHKey), strings.TrimSpace(in.KnownHosts)
	sv.SSHPassphrase, sv.Proxy, sv.User = rooted(in.SSHPassphrase), s.proxyIn(in), ""
	if in.WithPassword {
		sv.User = strings.TrimSpace(in.User)
	}
	if sv.SSHKey != before.SSHKey {
		sv.SSHPassphrase = "" // which is of the other one
	}
	if r, ok := s.found[url]; ok {
		sv.Product, sv.Version = r.Product, r.Version
	} else if before.URL != url {
		sv.Product, sv.Version = "", ""
	}
	next := source.NewServer(name, sv)
	if s.e != nil { // where its fetched jobs lie no field tells
		next.Home = s.e.source.Home
	}
	next.Tags = in.TagList()
	return next
}

// proxyIn is the proxy of the form as it is kept.
func (s *serverPanel) proxyIn(in view.ServerInput) string {
	servers, err := s.w.servers()
	if err != nil {
		return in.Proxy
	}
	proxy, _ := servers.NormalizeProxy(in.Proxy) // it was checked
	return proxy
}

// complain says at each field what is wrong with it, and leads to the first.
func (s *serverPanel) complain(p present.Problems) {
	s.inSight()
	s.m.Problems = p
	s.refuse(texts.T.Server.Wrong)
	s.view.Focus(s.w.window.Canvas(), p.First())
}

// refuse says what is wrong and belongs to no field, or to several.
func (s *serverPanel) refuse(problem string) {
	s.inSight()
	s.m.Message, s.m.Bad = problem, true
	s.view.Render(s.m)
}

// inSight shows the form of a server of the list, which may have been left when it was saved.
func (s *serverPanel) inSight() {
	if s.e != nil && s.e.page != nil {
		s.e.page.backToSettings()
	}
}

// changed takes back what was said about fields that are mended. What takes a look
// at the disk counts as mended when it is changed.
func (s *serverPanel) changed(in view.ServerInput) {
	if len(s.m.Problems) == 0 {
		return
	}
	_, now, err := s.check(in)
	if err != nil {
		return
	}
	if s.m.Problems = s.m.Problems.Still(now); len(s.m.Problems) == 0 {
		s.m.Message = ""
	}
	s.view.RenderProblems(s.m)
}

// readable tells why a file cannot be read, or holds nothing; a folder, too.
func readable(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Read(make([]byte, 1))
	return err
}

// wrongPassphrase tells what is wrong with the file with the passphrase of a key, as the
// command line does when it is named; nil: nothing, or none is named.
func wrongPassphrase(file string) *present.FieldError {
	if file = strings.TrimSpace(file); file == "" {
		return nil
	}
	var open string
	_, err := secret.ReadPassword(file, func(warning string) { open = warning })
	switch {
	case err != nil:
		return &present.FieldError{Field: present.FieldPassphrase, Message: fmt.Sprintf(texts.T.Delivery.BadPassphrase, texts.Error(err))}
	case open != "":
		return &present.FieldError{Field: present.FieldPassphrase, Message: fmt.Sprintf(texts.T.Delivery.OpenPassphrase, file)}
	}
	return nil
}

// rooted is a path from the root on: who reads it later works in another folder. "" stays.
func rooted(path string) string {
	if path = strings.TrimSpace(path); path == "" {
		return ""
	}
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// checkFiles checks the places on this computer that the form names. The shared home
// may be away: it is mounted when it is needed.
func checkFiles(in view.ServerInput) (p present.Problems) {
	t := texts.T.Server
	if folder := (source.Server{Folder: strings.TrimSpace(in.Folder)}).Mounted(); folder != "" {
		if info, err := os.Stat(folder); err == nil && !info.IsDir() {
			p = append(p, present.FieldError{Field: present.FieldFolder, Message: fmt.Sprintf(t.BadFolder, folder)})
		}
	}
	if file := strings.TrimSpace(in.TokenFile); file != "" {
		if err := readable(file); err != nil {
			p = append(p, present.FieldError{Field: present.FieldTokenFile, Message: fmt.Sprintf(t.BadTokenFile, texts.Error(err))})
		}
	}
	if wrong := wrongPassphrase(in.SSHPassphrase); wrong != nil {
		p = append(p, *wrong)
	}
	if file := strings.TrimSpace(in.CAFile); file != "" {
		b, err := os.ReadFile(file)
		switch {
		case err != nil:
			p = append(p, present.FieldError{Field: present.FieldCAFile, Message: fmt.Sprintf(t.BadCAFile, texts.Error(err))})
		case !x509.NewCertPool().AppendCertsFromPEM(b):
			p = append(p, present.FieldError{Field: present.FieldCAFile, Message: fmt.Sprintf(t.EmptyCAFile, file)})
		}
	}
	cert, key := strings.TrimSpace(in.CertFile), strings.TrimSpace(in.KeyFile)
	if cert != "" || key != "" {
		if _, err := tls.LoadX509KeyPair(cert, cmp.Or(key, cert)); err != nil {
			p = append(p, present.FieldError{Field: present.FieldCert, Message: fmt.Sprintf(t.BadCert, texts.Error(err))})
		}
	}
	if file := strings.TrimSpace(in.Headers); file != "" {
		if _, err := os.Stat(file); err != nil {
			p = append(p, present.FieldError{Field: present.FieldHeader, Message: fmt.Sprintf(t.BadHeaders, texts.Error(err))})
		}
	}
	return p
}
