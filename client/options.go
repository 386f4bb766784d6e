package client

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"

	"sluice/secret"
	"sluice/wording"
)

// Options says which server to talk to, and how. Printing it, with any verb or
// as JSON, does not show the secrets.
type Options struct {
	// BaseURL is the address of the product with its context path, if it has
	// one: "https://example.com/confluence". NormalizeBaseURL tells what is
	// accepted.
	BaseURL string

	// Token is a personal access token. It wins over User and Password.
	Token secret.Secret `json:"-"`
	// User and Password are sent with HTTP Basic authentication when there is
	// no Token.
	User     string
	Password secret.Secret `json:"-"`

	// Header is sent with every request: what an access proxy in front of the server
	// wants, such as a fixed cookie. CheckHeader tells what is accepted. Its values
	// are secrets.
	Header http.Header `json:"-"`

	// CAFile is a PEM file with certificates that are trusted in addition to
	// those of the operating system.
	CAFile string
	// CertFile and KeyFile are PEM files with the certificate, and the chain behind it,
	// that is shown to servers which ask for one. KeyFile may be empty if CertFile
	// holds the key, too.
	CertFile, KeyFile string
	// Insecure switches the verification of the server's certificate off. The
	// connection can then be read and changed on its way; Probe warns of it.
	Insecure bool

	// Proxy is the address of the proxy through which the server is reached; NoProxy is
	// none, and "" the one that the environment names. NormalizeProxy tells what is
	// accepted. What logs in there is a header Proxy-Authorization.
	Proxy string
	// Dial connects to host:port; nil: by TCP, through the proxy.
	Dial func(ctx context.Context, network, address string) (net.Conn, error) `json:"-"`

	// Timeout bounds each attempt of a read, and of a cancellation; 30 s if 0.
	Timeout time.Duration
	// StartTimeout bounds the start of an export, which the server answers
	// only after it has checked its index, for minutes if that is large; 5 min
	// if 0. A start that takes longer may go on: the error says so, and the
	// status shows it.
	StartTimeout time.Duration
	// Retries is how often a failed read is repeated; 2 if 0, none if below 0.
	Retries int
	// MaxBody is the largest answer that is read, in bytes after
	// decompression; 4 MiB if 0.
	MaxBody int64

	// UserAgent names the program to the server; "Sluice" if empty.
	UserAgent string
	// Logger receives one debug record for each request; none if nil.
	Logger *slog.Logger `json:"-"`
}

// The defaults of Options.
const (
	DefaultTimeout      = 30 * time.Second
	DefaultStartTimeout = 5 * time.Minute
	DefaultRetries      = 2
	DefaultMaxBody      = 4 << 20
)

// Format keeps the secrets out of every print.
func (o Options) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "client options for %s", hideUserinfo(o.BaseURL))
}

// LogValue keeps the secrets out of every log.
func (o Options) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(o)) }

// hideUserinfo replaces what stands before the @ of an address.
func hideUserinfo(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		return "…" + s[i:]
	}
	return s
}

// withDefaults fills in what is not set.
func (o Options) withDefaults() Options {
	o.Token = secret.Of(strings.TrimSpace(o.Token.Reveal()))
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.StartTimeout <= 0 {
		o.StartTimeout = DefaultStartTimeout
	}
	switch {
	case o.Retries == 0:
		o.Retries = DefaultRetries
	case o.Retries < 0:
		o.Retries = 0
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.UserAgent == "" {
		o.UserAgent = "Sluice"
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// authorization is the value of the Authorization header; empty without
// credentials.
func (o Options) authorization() (secret.Secret, error) {
	none := secret.Secret{}
	switch {
	case !o.Token.Empty():
		if strings.ContainsFunc(o.Token.Reveal(), func(r rune) bool { return r <= ' ' || r >= unicode.MaxASCII }) {
			return none, wording.Errorf("the token contains characters that no token has, such as a space or a line break: copy it again")
		}
		return secret.Of("Bearer " + o.Token.Reveal()), nil
	case o.User == "" && o.Password.Empty():
		return none, nil
	case o.User == "":
		return none, wording.Errorf("there is a password but no user name: enter both, or a token")
	case strings.Contains(o.User, ":"):
		return none, wording.Errorf("the user name contains a colon, which HTTP Basic authentication cannot send")
	}
	return secret.Of("Basic " + base64.StdEncoding.EncodeToString([]byte(o.User+":"+o.Password.Reveal()))), nil
}

// secrets are the strings that must appear nowhere.
func (o Options) secrets() []string {
	var all []string
	for _, s := range []secret.Secret{o.Token, o.Password} {
		if !s.Empty() {
			all = append(all, s.Reveal())
		}
	}
	for _, values := range o.Header {
		for _, value := range values {
			all = append(all, secretsIn(value)...)
		}
	}
	if auth, err := o.authorization(); err == nil && !auth.Empty() {
		_, value, _ := strings.Cut(auth.Reveal(), " ")
		all = append(all, value)
	}
	return all
}
