package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"sluice/figures"
	"sluice/pipeline"
	"sluice/wording"
)

// decode reads the JSON object of an answer into v. A job comes without the secrets
// that a server may have put into it.
func (c *Client) decode(k call, a answer, v any) error {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.body, byteOrderMark))
	err := json.Unmarshal(body, v)
	if err == nil && !bytes.HasPrefix(body, []byte("{")) {
		err = wording.New("the answer is not a JSON object")
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
		return fmt.Sprintf("it ends too early, after %d bytes", figures.N(len(body)))
	case errors.As(err, &syntax):
		return fmt.Sprintf("wrong syntax at byte %d", syntax.Offset)
	case errors.As(err, &field) && field.Field != "":
		return fmt.Sprintf("the member %s has a wrong type", field.Field)
	}
	return ""
}
