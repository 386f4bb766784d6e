// Package web fetches a file from a server, to be read while it comes.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"sluice/wording"
)

const (
	// patience is how long a server may take to begin its answer.
	patience = time.Minute
	// mostRedirects is how often a server may send on to another address.
	mostRedirects = 5
)

var address = regexp.MustCompile(`(?i)^https?://`)

// IsAddress reports whether a text is meant as the address of a file on a server.
func IsAddress(text string) bool { return address.MatchString(text) }

// Shown is an address without what may be a secret: user, password, and all behind the path.
func Shown(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "the address"
	}
	return (&url.URL{Scheme: strings.ToLower(u.Scheme), Host: u.Host, Path: u.Path}).String()
}

// Check returns an error, one sentence without the address, if a file cannot be fetched
// from it.
func Check(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "":
		return wording.New("this is no address that can be fetched: it takes the form https://host/path")
	case u.User != nil:
		return wording.New("an address with a user or password in it is not fetched, since others see it in the list of processes: fetch the file with a program that signs in, and open it here")
	}
	return nil
}

// Answer is a file that comes.
type Answer struct {
	Body io.ReadCloser
	Size int64  // -1 if the server does not tell
	From string // the address that answered, as Shown
}

// Fetch asks for a file. ctx ends the waiting for the answer; closing the body ends its
// coming. No cookies are sent, and what the answer sends on to is asked at most five
// times, never without encryption where that was asked for. Errors are sentences without
// the address.
func Fetch(ctx context.Context, text string) (*Answer, error) {
	if err := Check(text); err != nil {
		return nil, err
	}
	life, end := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { end(context.Cause(ctx)) })
	late := time.AfterFunc(patience, func() { end(context.DeadlineExceeded) })
	answer, err := ask(life, text)
	late.Stop()
	if !stop() && err == nil {
		err = context.Cause(ctx)
		answer.Body.Close()
	}
	if err != nil {
		cause := context.Cause(life)
		end(err)
		if cause != nil && !errors.Is(cause, context.DeadlineExceeded) {
			return nil, cause
		}
		return nil, reason(err, cause)
	}
	answer.Body = &body{answer.Body, func() { end(context.Canceled) }}
	return answer, nil
}

func ask(ctx context.Context, text string) (*Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, text, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/csv, */*;q=0.8")
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression, transport.DisableKeepAlives = true, true // the bytes are wanted as they lie there
	client := http.Client{Transport: transport, CheckRedirect: mayFollow}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		return nil, statusError(res.StatusCode)
	}
	return &Answer{Body: res.Body, Size: res.ContentLength, From: Shown(res.Request.URL.String())}, nil
}

// sentence is an error that says what is wrong.
type sentence string

func (s sentence) Error() string { return string(s) }

func mayFollow(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > mostRedirects:
		return sentence(fmt.Sprintf("the server sends on to another address more than %d times", mostRedirects))
	case next.URL.Scheme == "http" && before[0].URL.Scheme == "https":
		return sentence("the server sends on to an address without encryption")
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return sentence("the server sends on to something that is no web address")
	case next.URL.User != nil:
		return sentence("the server sends on to an address with a password in it")
	}
	return nil
}

func statusError(code int) error {
	switch code {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return sentence(fmt.Sprintf("the server wants somebody who is signed in (HTTP %d): fetch the file with a browser, and open it here", code))
	case http.StatusNotFound, http.StatusGone:
		return sentence(fmt.Sprintf("the server has no such file (HTTP %d): check the address", code))
	}
	return sentence(fmt.Sprintf("the server answers with HTTP %d %s", code, http.StatusText(code)))
}

// reason words an error of asking, without the address that libraries put into it.
func reason(err, cause error) error {
	var said sentence
	var inner *url.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &said):
		return said
	case errors.Is(cause, context.DeadlineExceeded):
		return wording.Errorf("the server has not answered within %v", patience)
	case errors.As(err, &dns):
		return wording.Errorf("there is no server %s, or the network is down", dns.Name)
	case errors.As(err, &inner):
		err = inner.Err
	}
	return wording.Errorf("the server cannot be reached: %w", err)
}

// body ends the request when it is closed.
type body struct {
	io.ReadCloser
	end func()
}

// Close implements io.Closer.
func (b *body) Close() error {
	b.end()
	return b.ReadCloser.Close()
}
