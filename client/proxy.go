package client

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sluice/wording"
)

// NoProxy is what stands for no proxy in Options.Proxy, whatever the environment says.
const NoProxy = "none"

// proxyLogin is the header with which a proxy is logged in at.
const proxyLogin = "Proxy-Authorization"

// proxySchemes are the ways in which proxies are talked to.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// NormalizeProxy gives the one spelling of the address of a proxy: "proxy.example.com:3128"
// is one of http. The error is a sentence for people and does not repeat a password.
func NormalizeProxy(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == NoProxy {
		return text, nil
	}
	bare := !strings.Contains(text, "://")
	if bare {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || bare && u.Port() == "" && u.User == nil: // a word was meant for something else
		return "", wording.New("the address of the proxy has the form http://proxy.example.com:3128")
	case u.User != nil:
		return "", wording.New("the address of the proxy holds a login, which anybody could read: leave it out, and write a line \"Proxy-Authorization: Basic …\" into the file with headers")
	case !slices.Contains(proxySchemes, u.Scheme):
		return "", wording.Errorf("a proxy is reached by %s, and not by %s", strings.Join(proxySchemes, ", "), u.Scheme)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return "", wording.New("nothing may stand behind the port of the proxy")
	}
	return u.Scheme + "://" + u.Host, nil
}

// proxyOf says through which proxy a request goes.
func proxyOf(o Options) (func(*http.Request) (*url.URL, error), error) {
	text, err := NormalizeProxy(o.Proxy)
	switch {
	case err != nil:
		return nil, err
	case text == NoProxy:
		return nil, nil
	case text == "":
		return http.ProxyFromEnvironment, nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	return http.ProxyURL(u), nil
}

// withoutProxyLogin are the headers for a server that is reached by https: what logs in at
// the proxy is told to the proxy, and does not go through its tunnel to the server.
func withoutProxyLogin(base string, h http.Header) (forServer, forProxy http.Header) {
	if !strings.HasPrefix(base, "https:") || h.Get(proxyLogin) == "" {
		return h, nil
	}
	forServer = h.Clone()
	forServer.Del(proxyLogin)
	return forServer, http.Header{proxyLogin: h.Values(proxyLogin)}
}
