package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// problem is the body of a refusal that the vendor does not document. The key
// is for programs, the message for people.
type problem struct {
	StatusCode int    `json:"statusCode"`
	Key        string `json:"key"`
	Message    string `json:"message"`
}

var (
	misdirected = problem{http.StatusMisdirectedRequest, "host.unknown",
		"The Host header names another server: use the address that this server has printed, or start it with this host name permitted."}
	notFound = problem{http.StatusNotFound, "path.unknown",
		"There is nothing at this path: the export API is at /rest/datapipeline/latest/export."}
	methodNotAllowed = problem{http.StatusMethodNotAllowed, "method.unknown",
		"This method is not possible here: see the Allow header."}
	unauthorized = problem{http.StatusUnauthorized, "token.invalid",
		"The token is missing or wrong: send the header Authorization: Bearer <token> with the token of this server."}
	tooManyAttempts = problem{http.StatusTooManyRequests, "token.attempts",
		"Too many wrong tokens came from this address: wait, and check the token of every script that runs there."}
	xsrf = problem{http.StatusForbidden, "xsrf.check.failed",
		"XSRF check failed: send the header X-Atlassian-Token: no-check."}
	bodyTooLarge = problem{http.StatusRequestEntityTooLarge, "body.too.large",
		"The request has too large a body: the export API takes its parameters from the address."}
	upstreamRefused = problem{http.StatusForbidden, "export.not.authorised",
		"The source of the export does not permit this."}
)

// refuse answers with a problem.
func refuse(w http.ResponseWriter, p problem) {
	if p.StatusCode == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="sluice"`)
	}
	answer(w, p.StatusCode, p)
}

// answer writes a JSON document with its length, so that a broken connection
// cannot be taken for its end.
func answer(w http.ResponseWriter, status int, document any) {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	// The body is never HTML, and <token> reads better than its escape.
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		status = http.StatusInternalServerError
		body.Reset()
		body.WriteString(`{"statusCode":500,"key":"answer.invalid","message":"The answer cannot be written as JSON."}` + "\n")
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	// The caller may be gone; nobody is left to tell.
	_, _ = w.Write(body.Bytes())
}
