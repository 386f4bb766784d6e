package hooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-resty/resty/v2"

	"sluice/secret"
	"sluice/wording"
)

const (
	// SignatureHeader carries when a request was signed and its signature:
	// "t=1700000000,v1=<hexadecimal>", the HMAC-SHA-256 of the time, a full stop and the
	// body. Who gets it refuses old times, so that nobody can send it a second time.
	SignatureHeader = "Sluice-Signature"
	// EventHeader carries the event.
	EventHeader = "Sluice-Event"
	// IDHeader carries the name of the event, by which one that comes a second time is known.
	IDHeader = "Sluice-Event-Id"

	requestTimeout = 30 * time.Second
	requestRetries = 4
	longestWait    = time.Minute
	longestAnswer  = 64 << 10
)

// request makes the request of a hook, again if the server cannot be reached or does not
// answer now.
func (c Caller) request(ctx context.Context, h Hook, e Event, body []byte) error {
	text, key := h.URL, secret.Secret{}
	if h.URLFile != "" {
		held, err := secret.ReadToken(h.URLFile, c.warn())
		if err != nil {
			return err
		}
		text = held.Reveal()
	}
	u, err := address(text)
	if err != nil {
		return err
	}
	if h.SecretFile != "" {
		if key, err = secret.ReadToken(h.SecretFile, c.warn()); err != nil {
			return err
		}
	}
	client := c.client()
	r := client.R().SetContext(ctx).SetHeader("Content-Type", "application/json").SetHeader(EventHeader, e.Event).SetHeader(IDHeader, e.ID).SetBody(body)
	if !key.Empty() {
		r.SetHeader(SignatureHeader, Sign(key, c.now(), body))
	}
	answer, err := r.Post(u.String())
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return wording.Errorf("%s://%s cannot be reached: %w", u.Scheme, u.Host, withoutURL(err))
	case answer.IsError() || answer.StatusCode() >= 300:
		return wording.Errorf("%s://%s answers with HTTP %d", u.Scheme, u.Host, answer.StatusCode())
	}
	return nil
}

// client repeats what may go better the next time. It follows no redirect: the signature is
// for one address.
func (c Caller) client() *resty.Client {
	first := c.FirstWait
	if first == 0 {
		first = time.Second
	}
	return resty.New().SetLogger(silence{}).SetTimeout(requestTimeout).SetHeader("User-Agent", c.UserAgent).
		SetRedirectPolicy(resty.RedirectPolicyFunc(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })).
		SetResponseBodyLimit(longestAnswer).
		SetRetryCount(requestRetries).SetRetryWaitTime(first).SetRetryMaxWaitTime(max(longestWait, first)).
		AddRetryCondition(func(r *resty.Response, err error) bool {
			status := r.StatusCode()
			return err != nil && !errors.Is(err, context.Canceled) || status == http.StatusTooManyRequests || status >= 500
		})
}

// Sign is the value of SignatureHeader for a body.
func Sign(key secret.Secret, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	fmt.Fprintf(mac, "%s.%s", t, body)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

func (c Caller) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c Caller) warn() func(string) {
	if c.Warn == nil {
		return func(string) {}
	}
	return c.Warn
}

// withoutURL leaves the address out of an error of the HTTP library.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// silence is a resty.Logger that writes nothing: what the library says may quote the
// address.
type silence struct{}

func (silence) Errorf(string, ...any) {}
func (silence) Warnf(string, ...any)  {}
func (silence) Debugf(string, ...any) {}
