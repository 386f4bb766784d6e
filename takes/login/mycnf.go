package login

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"sluice/secret"
	"sluice/wording"
)

// Client is what the option file of MySQL's and MariaDB's own clients says of the
// way to a server.
type Client struct {
	File                     string // "" if there is none
	User, Host, Port, Socket string
	Password                 secret.Secret
	// Remarks are sentences about what was not read.
	Remarks []string
}

// clientGroups are the parts of the file that count for every client (MySQL and
// MariaDB documentation, "Using Option Files").
var clientGroups = []string{"client", "client-server", "client-mariadb"}

// MyCnf reads ~/.my.cnf.
func MyCnf() Client {
	c := Client{File: InHome(".my.cnf")}
	if c.File == "" {
		return Client{}
	}
	info, err := os.Stat(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return Client{}
	}
	f, openErr := os.Open(c.File)
	if err = errors.Join(err, openErr); err != nil {
		return Client{Remarks: []string{fmt.Sprintf("%s cannot be read.", c.File)}}
	}
	defer f.Close()
	switch {
	case !info.Mode().IsRegular():
		return Client{Remarks: []string{fmt.Sprintf("%s is ignored: it is no plain file.", c.File)}}
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0:
		return Client{Remarks: []string{fmt.Sprintf("%s is ignored, as mysql does: everybody can change it; chmod 600 takes that away.", c.File)}}
	}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	c.read(lines)
	if err := lines.Err(); err != nil {
		c.Remarks = append(c.Remarks, fmt.Sprintf("%s was not read to its end: %v.", c.File, err))
	}
	if w := secret.Exposed(c.File, info); w != "" && !c.Password.Empty() {
		c.Remarks = append(c.Remarks, wording.Capital(w)+".")
	}
	return c
}

// read takes the lines of an option file.
func (c *Client) read(lines *bufio.Scanner) {
	within := false
	var unread []string // settings of TLS
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '!':
			c.Remarks = append(c.Remarks, fmt.Sprintf("%s names further files (%s), which Sluice does not read.", c.File, strings.Fields(line)[0]))
		case line[0] == '[':
			group, _, _ := strings.Cut(line[1:], "]")
			within = slices.Contains(clientGroups, strings.ToLower(strings.TrimSpace(group)))
		case within:
			name, value, _ := strings.Cut(line, "=")
			name = strings.ReplaceAll(strings.TrimSpace(name), "_", "-")
			if strings.HasPrefix(name, "ssl") || strings.HasPrefix(name, "tls") || name == "loose-ssl" {
				unread = append(unread, name)
			}
			c.set(name, optionValue(value))
		}
	}
	if len(unread) > 0 {
		c.Remarks = append(c.Remarks, fmt.Sprintf("Sluice takes no settings of TLS from %s (%s): write them in the address.", c.File, strings.Join(unread, ", ")))
	}
}

func (c *Client) set(name, value string) {
	switch name {
	case "user":
		c.User = value
	case "password":
		c.Password = secret.Of(value)
	case "host":
		c.Host = value
	case "port":
		c.Port = value
	case "socket":
		c.Socket = value
	}
}

// optionValue reads a value: in quotes or not, with the escapes of option files. A
// # begins a comment outside of quotes.
func optionValue(text string) string {
	text = strings.TrimSpace(text)
	quoted := byte(0)
	if text != "" && (text[0] == '"' || text[0] == '\'') {
		quoted, text = text[0], text[1:]
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteString(escaped(text[i]))
			continue
		case quoted != 0 && c == quoted:
			return b.String()
		case quoted == 0 && c == '#':
			return strings.TrimRight(b.String(), " \t")
		}
		b.WriteByte(c)
	}
	if quoted != 0 { // a quote that does not end is a part of the value
		return string(quoted) + b.String()
	}
	return b.String()
}

// escaped is what a backslash and a character stand for.
func escaped(c byte) string {
	const codes, meanings = "btnrs\\\"'", "\b\t\n\r \\\"'"
	if i := strings.IndexByte(codes, c); i >= 0 {
		return meanings[i : i+1]
	}
	return `\` + string(c)
}
