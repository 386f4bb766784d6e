package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"sluice/backend"
	"sluice/client"
	"sluice/secret"
	"sluice/source"
)

const (
	// tokenVariable names the environment variable that may hold a token.
	tokenVariable = "SLUICE_TOKEN"
	// keyringTimeout is short: a script must not hang because a locked keyring
	// asks somebody for its password.
	keyringTimeout = 5 * time.Second
)

// remoteFlags say which server to talk to: by its address and how it is reached, or by
// its name in the list of sources.
type remoteFlags struct {
	connectionFlags `embed:""`
	Server          []string `env:"SLUICE_SERVER" placeholder:"NAME" help:"Server by its name in the list of sources (\"sluice sources\"), in place of --url."`
}

// connectionFlags say how a server is reached. A token is never a flag: it would show
// in the process list.
type connectionFlags struct {
	URL        string        `name:"url" env:"SLUICE_URL" placeholder:"BASE" help:"Base URL of the server, with its context path."`
	TokenFile  string        `type:"path" unless:"SLUICE_TOKEN" placeholder:"FILE" help:"File with the personal access token. Default: SLUICE_TOKEN, else the keyring."`
	User       string        `env:"SLUICE_USER" placeholder:"NAME" help:"User name for HTTP Basic authentication; what stands for the token is then the password."`
	CAFile     string        `name:"ca-file" type:"path" placeholder:"FILE" help:"Certificates of further authorities to trust, PEM."`
	ClientCert string        `name:"client-cert" type:"path" placeholder:"FILE" help:"Certificate of this client, with its chain, for servers that want one, PEM."`
	ClientKey  string        `name:"client-key" type:"path" placeholder:"FILE" help:"Its key, PEM without a password. Default: it stands in the file of --client-cert."`
	HeaderFile string        `type:"path" placeholder:"FILE" help:"Headers to send with every request, such as for an access proxy: one Name: value a line. A fixed cookie is a line Cookie: name=value."`
	Proxy      string        `placeholder:"URL" help:"Proxy through which the server is reached, such as http://proxy.example.com:3128; none for no proxy. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment. A login at it is a line Proxy-Authorization: Basic … in the file of --header-file."`
	Insecure   bool          `help:"Do not verify the server's certificate. Anybody between here and the server can read the token."`
	Timeout    time.Duration `default:"30s" help:"How long one request may take (${default}). A start, which waits for the check of the index, may take 5 minutes, or this if it is longer."`
	JSON       bool          `name:"json" help:"Print the REST document."`
}

// connect makes the client of the one server that the flags name, and warns of what is
// not safe about it. Nothing is sent yet.
func (r *remoteFlags) connect(c *call) (*client.Client, error) {
	if c.typed["server"] && c.typed["url"] {
		return nil, usageError{errors.New("--server and --url name two servers: give one of them")}
	}
	if !r.byName(c) {
		return r.connectByURL(c)
	}
	if len(r.Server) > 1 {
		return nil, usageError{fmt.Errorf("--server: this command takes one server, and %d are named", len(r.Server))}
	}
	named, err := namedServers(r.Server)
	if err != nil {
		return nil, err
	}
	return r.connectTo(c, named[0], true)
}

// byName reports whether the server is named by the list of sources: what was typed goes
// before what stands in the environment or the config file.
func (r *remoteFlags) byName(c *call) bool {
	return len(r.Server) > 0 && (c.typed["server"] || !c.typed["url"])
}

func (r *connectionFlags) connectByURL(c *call) (*client.Client, error) {
	if r.URL == "" {
		return nil, usageError{errors.New("no server is named: give --url, or set SLUICE_URL; or --server with a name of \"sluice sources\"")}
	}
	base, err := client.NormalizeBaseURL(r.URL)
	if err != nil {
		return nil, usageError{fmt.Errorf("--url: %w", err)}
	}
	token, err := r.token(c, base)
	if err != nil {
		return nil, err
	}
	c.server = listedAt(base)
	return r.dial(c, r.settings(base), token)
}

// dial makes the client of a server.
func (r *connectionFlags) dial(c *call, s source.Server, token secret.Secret) (*client.Client, error) {
	server, err := c.backend().Connect(s, backend.Dial{Secret: token, Timeout: r.Timeout})
	if err != nil {
		return nil, wrongUse(err)
	}
	for _, w := range server.Warnings() {
		c.logger.Warn(w)
	}
	return server, nil
}

// settings are those of the server that the flags describe.
func (r *connectionFlags) settings(base string) source.Server {
	return source.Server{URL: base, User: r.User, CAFile: r.CAFile, CertFile: r.ClientCert, KeyFile: r.ClientKey, Headers: r.HeaderFile, Proxy: r.Proxy, Insecure: r.Insecure}
}

// backend opens sources for a command.
func (c *call) backend() *backend.Backend { return c.backendIn("") }

// backendIn is backend with a folder for the journals of servers.
func (c *call) backendIn(home string) *backend.Backend {
	return backend.New(backend.Options{Home: home, Version: c.program.Version, Logger: c.logger, Secrets: secret.New(secret.Service, keyringTimeout), StartedBy: c.startedBy, Now: c.program.Now})
}

// token looks in the file, the environment and the keyring, in this order. No
// token at all is no error: the server may not want one.
func (r *connectionFlags) token(c *call, base string) (secret.Secret, error) {
	if r.TokenFile != "" {
		return readSecret("--token-file", r.TokenFile, c.logger)
	}
	if token := strings.TrimSpace(os.Getenv(tokenVariable)); token != "" {
		return secret.Of(token), nil
	}
	return c.kept(base), nil
}

// kept is the token of a server in the keyring; none if that holds none, or cannot be
// used.
func (c *call) kept(base string) secret.Secret {
	token, err := secret.New(secret.Service, keyringTimeout).Get(c.ctx, base)
	var unavailable *secret.UnavailableError
	switch {
	case err == nil:
		return secret.Of(token)
	case errors.As(err, &unavailable) && !unavailable.Missing():
		c.logger.Warn("there may be a token, but "+err.Error(), "server", base)
	default:
		c.logger.Debug("no token from the keyring", "server", base, "reason", err)
	}
	return secret.Secret{}
}

// wrongUse marks options that cannot be used, but not files that cannot be read.
func wrongUse(err error) error {
	if header := (*backend.HeaderError)(nil); errors.As(err, &header) {
		err = fmt.Errorf("--header-file: %w", header.Err)
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		return err
	}
	return usageError{err}
}
