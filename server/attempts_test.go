package server

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"sluice/secret"
)

// clocked are attempts on a clock that only waiting moves.
func clocked() (a *attempts, now *time.Time, waited *[]time.Duration) {
	now, waited = new(time.Time), new([]time.Duration)
	*now = testNow
	a = newAttempts(func() time.Time { return *now })
	a.wait = func(_ context.Context, d time.Duration) { *waited = append(*waited, d) }
	return a, now, waited
}

func from(addr string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = addr } }

// TestWrongTokensAreSlowedDown checks the pauses of one address, that it is refused
// when it guesses in parallel, that others and the right token are not held up, and
// that all is forgotten.
func TestWrongTokensAreSlowedDown(t *testing.T) {
	a, now, waited := clocked()
	h := Handler(&scripted{}, Options{Token: secret.Of(testToken), attempts: a})
	guess := func(addr string) int {
		return send(t, h, "GET", exportAt, header("Authorization", "Bearer wrong"), from(addr)).Code
	}
	const peer = "192.0.2.7:4000"
	for i := range 7 {
		if code := guess(peer); code != 401 {
			t.Fatalf("guess %d: %d", i, code)
		}
	}
	want := []time.Duration{firstPause, 2 * firstPause, 4 * firstPause, 8 * firstPause}
	if fmt.Sprint(*waited) != fmt.Sprint(want) {
		t.Errorf("the answers took %v, want %v", *waited, want)
	}
	// Four answers are waited for, or their callers have left without waiting.
	w := send(t, h, "GET", exportAt, header("Authorization", "Bearer wrong"), from(peer))
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" {
		t.Errorf("a fifth at once: %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	if code := guess("192.0.2.8:4000"); code != 401 {
		t.Errorf("another address: %d", code)
	}
	if code := send(t, h, "GET", exportAt, from("192.0.2.8:1")).Code; code != 200 {
		t.Errorf("the right token from another address: %d", code)
	}
	*now = now.Add(firstPause)
	if code := send(t, h, "GET", exportAt, from(peer)).Code; code != 200 {
		t.Errorf("the right token from the same address, one pause later: %d", code)
	}
	if len(*waited) != 4 {
		t.Errorf("the right token waited: %v", *waited)
	}
	*now = now.Add(forgottenAfter)
	if code := guess(peer); code != 401 || len(*waited) != 4 {
		t.Errorf("after a while: %d, %v", code, *waited)
	}
}

// TestOneWrongScriptKeepsNobodyOut: a script with an old token that asks all the
// time, one request after another, from the same address.
func TestOneWrongScriptKeepsNobodyOut(t *testing.T) {
	a, now, _ := clocked()
	a.wait = func(_ context.Context, d time.Duration) { *now = now.Add(d) }
	h := Handler(&scripted{}, Options{Token: secret.Of(testToken), attempts: a})
	for i := range 100 {
		if code := send(t, h, "GET", exportAt, header("Authorization", "Bearer old")).Code; code != 401 {
			t.Fatalf("request %d of the script: %d", i, code)
		}
		if code := send(t, h, "GET", exportAt).Code; code != 200 {
			t.Fatalf("request %d of its neighbour: %d", i, code)
		}
	}
}

// TestAttemptsAreBounded checks the memory, and that addresses of one IPv6 network
// count as one.
func TestAttemptsAreBounded(t *testing.T) {
	a, _, _ := clocked()
	for i := range 5 * mostAddresses {
		a.wrong(t.Context(), fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255))
	}
	if n := len(a.of); n > mostAddresses {
		t.Errorf("%d addresses are kept", n)
	}
	a, _, waited := clocked()
	for i := range 6 {
		a.wrong(t.Context(), fmt.Sprintf("[2001:db8::%x]:1", i+1))
	}
	if len(a.of) != 1 || len(*waited) != 3 {
		t.Errorf("%d addresses, pauses %v", len(a.of), *waited)
	}
	for _, odd := range []string{"", "pipe", "@", "[fe80::1%eth0]:5", "999.1.1.1:2"} {
		a.wrong(t.Context(), odd)
	}
}
