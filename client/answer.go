package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"strings"

	"sluice/pipeline"
	"sluice/visible"
)

// byteOrderMark may stand before JSON that a proxy has rewritten.
var byteOrderMark = []byte("\xef\xbb\xbf")

// isWebPage reports whether an answer is HTML in place of JSON.
func isWebPage(a answer) bool {
	media, _, _ := mime.ParseMediaType(a.header.Get("Content-Type"))
	if media == "text/html" || media == "application/xhtml+xml" {
		return true
	}
	start := bytes.ToLower(bytes.TrimSpace(a.body[:min(len(a.body), 512)]))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// decode reads the JSON object of an answer into v. A job comes without the secrets
// that a server may have put into it.
func (c *Client) decode(k call, a answer, v any) error {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.body, byteOrderMark))
	err := json.Unmarshal(body, v)
	if err == nil && !bytes.HasPrefix(body, []byte("{")) {
		err = errors.New("the answer is not a JSON object")
	}
	if err == nil {
		if job, ok := v.(*pipeline.Job); ok {
			c.mask.hideIn(job)
		}
		return nil
	}
	e := c.answered(k, a, KindMalformed)
	e.Err, e.Detail = err, whereMalformed(body, err)
	return e
}

// whereMalformed tells where JSON goes wrong, without quoting it.
func whereMalformed(body []byte, err error) string {
	var syntax *json.SyntaxError
	var field *json.UnmarshalTypeError
	switch {
	case len(body) == 0:
		return "it is empty"
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(body)):
		return fmt.Sprintf("it ends too early, after %d bytes", len(body))
	case errors.As(err, &syntax):
		return fmt.Sprintf("wrong syntax at byte %d", syntax.Offset)
	case errors.As(err, &field) && field.Field != "":
		return fmt.Sprintf("the member %s has a wrong type", field.Field)
	}
	return ""
}

const longestMessage = 200 // characters of a server's own message

// serverMessage is the message for people that an answer carries, as it came, in
// the forms that Data Center products use; empty if there is none. It is never the
// body itself.
func serverMessage(body []byte) string {
	if bytes.Contains(body[:min(len(body), 4096)], []byte("XSRF check failed")) {
		return "XSRF check failed"
	}
	var m struct {
		Message       string   `json:"message"`
		ErrorMessages []string `json:"errorMessages"`
		Errors        []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	// A body of another form leaves some members empty, and that is all.
	_ = json.Unmarshal(body, &m)
	s := m.Message
	if s == "" && len(m.ErrorMessages) > 0 {
		s = m.ErrorMessages[0]
	}
	if s == "" && len(m.Errors) > 0 {
		s = m.Errors[0].Message
	}
	return s
}

// oneLine makes a foreign text fit into a sentence.
func oneLine(s string) string {
	return visible.Cut(strings.Join(strings.Fields(s), " "), longestMessage)
}

// words are a server's own words without the secrets, which it may echo. They are
// hidden before the text is cut: no part of one is left at the end.
func (c *Client) words(s string) string { return oneLine(c.mask.hide(s)) }
