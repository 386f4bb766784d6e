package secret

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// TestSecretShowsNowhere prints a secret, and things that hold one, in every way.
func TestSecretShowsNowhere(t *testing.T) {
	s := Of(value)
	if s.Reveal() != value || s.Empty() || !(Secret{}).Empty() || !Of("").Empty() || (Secret{}).Reveal() != "" {
		t.Fatal("a secret is not what it was made of")
	}
	type holder struct {
		Token  Secret
		hidden Secret
		Pair   *Secret
		Map    map[string]Secret
	}
	h := holder{s, s, &s, map[string]Secret{"a": s}}
	for _, v := range []any{s, &s, h, &h, []Secret{s}, map[Secret]int{s: 1}, [1]any{s}, struct{ any }{s}} {
		for _, verb := range strings.Split("%v %+v %#v %s %q %x %X %d %t %p %T %w %10v %.3s", " ") {
			text := fmt.Sprintf(verb, v)
			if strings.Contains(text, value[:6]) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", value[:6])) {
				t.Errorf("%s of %T shows it: %s", verb, v, text)
			}
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if text := fmt.Sprintf(verb, s); text != Hidden {
			t.Errorf("%s is %s", verb, text)
		}
	}
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("x", "secret", s, "holder", h, "pointer", &s, "error", errors.Join(fmt.Errorf("token %v", s)))
	}
	out.WriteString(fmt.Sprint(s.String(), fmt.Errorf("%w", fmt.Errorf("%s", s))))
	encode := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	encode(json.NewEncoder(&out).Encode(h))
	encode(json.NewEncoder(&out).Encode(map[Secret]int{s: 1}))
	encode(xml.NewEncoder(&out).Encode(s))
	if strings.Contains(out.String(), value[:6]) {
		t.Errorf("it shows: %s", out.String())
	}
}
