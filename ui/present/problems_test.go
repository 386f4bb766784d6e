package present

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// fields are the fields that have a problem.
func fields(p Problems) (list []string) {
	for _, e := range p {
		list = append(list, e.Field)
	}
	return list
}

func TestCheckServer(t *testing.T) {
	normalize := func(s string) (string, error) {
		if !strings.HasPrefix(s, "https://") {
			return "", errors.New("the server's address is wrong: enter another")
		}
		return strings.TrimSuffix(s, "/"), nil
	}
	none := func(string) bool { return false }
	kept := func(url string) bool { return url == "" || url == "https://wiki.example.com" }
	const url = "https://wiki.example.com/"
	for name, test := range map[string]struct {
		in     ServerInput
		stored func(string) bool
		want   []string
	}{
		"empty":                       {ServerInput{}, none, []string{FieldURL, FieldSecret}},
		"empty, with a password":      {ServerInput{WithPassword: true}, none, []string{FieldURL, FieldUser, FieldSecret}},
		"another scheme":              {ServerInput{URL: "ftp://x", Secret: "x"}, none, []string{FieldURL}},
		"no token":                    {ServerInput{URL: url}, none, []string{FieldSecret}},
		"a kept token":                {ServerInput{URL: url}, kept, nil},
		"a token of another address":  {ServerInput{URL: "https://other.example.com"}, kept, []string{FieldSecret}},
		"a kept token, a bad address": {ServerInput{URL: "x"}, kept, []string{FieldURL}},
		"blanks are no user":          {ServerInput{URL: url, Secret: "x", WithPassword: true, User: "  "}, none, []string{FieldUser}},
		"right":                       {ServerInput{URL: url, Secret: "x"}, none, nil},
	} {
		got, p := CheckServer(test.in, normalize, test.stored)
		if !reflect.DeepEqual(fields(p), test.want) {
			t.Errorf("%s: wrong are %v, want %v", name, fields(p), test.want)
		}
		if p.Of(FieldURL) == "" && (got == "" || strings.HasSuffix(got, "/")) {
			t.Errorf("%s: the address is %q", name, got)
		}
	}
	_, p := CheckServer(ServerInput{WithPassword: true}, normalize, none)
	if p.Of(FieldURL) != "The server's address is wrong: enter another" || !strings.Contains(p.Of(FieldSecret), "password") {
		t.Errorf("it says %+v", p)
	}
}

func TestCheckLocalTellsAllAtOnce(t *testing.T) {
	if p := CheckLocal(LocalInput{TimeZone: " Europe/Berlin ", BaseURL: "https://wiki.example.com/", MinFreeSpace: "-1", CPUShare: "25 %"}); len(p) > 0 {
		t.Errorf("wrong are %v", p)
	}
	p := CheckLocal(LocalInput{TimeZone: "Mars", BaseURL: "wiki", MinFreeSpace: "much", CPUShare: "0"})
	if want := []string{FieldZone, FieldURL, FieldSpace, FieldShare}; !reflect.DeepEqual(fields(p), want) || p.First() != FieldZone {
		t.Errorf("wrong are %v, want %v", fields(p), want)
	}
	if p := CheckLocal(LocalInput{BaseURL: "https://bob:hush@wiki.example.com"}); !strings.HasPrefix(p.Of(FieldURL), "The base URL holds a user name") {
		t.Errorf("it says %v", p)
	}
}

// TestProblemsGoWhenMended: what was said goes with its cause, and nothing is said of
// a field that was not sent yet.
func TestProblemsGoWhenMended(t *testing.T) {
	said := Problems{{"url", "empty"}, {"secret", "empty"}}
	left := said.Still(Problems{{"url", "no web address"}, {"user", "empty"}})
	if want := (Problems{{"url", "no web address"}}); !reflect.DeepEqual(left, want) {
		t.Errorf("left are %v, want %v", left, want)
	}
	if left.Of("secret") != "" || (Problems)(nil).First() != "" {
		t.Error("a mended field is still said to be wrong")
	}
}
