package sites

import (
	"net/http"
	"time"
)

func limits() []Site {
	later := func(w http.ResponseWriter, r *http.Request) {
		now := time.Now().UTC()
		w.Header().Set("Date", now.Format(http.TimeFormat))
		Reply(429, "application/json", "{}", []string{"Retry-After", now.Add(time.Second).Format(http.TimeFormat)})(w, r)
	}
	return []Site{
		{Name: "429 with Retry-After 0, once", Row: RowLimited, Asks: Status,
			Handler: series(Reply(429, "application/json", "{}", []string{"Retry-After", "0"}), JSON(200, started)), Job: lastKnownJob},
		{Name: "429 with a date, once", Row: RowLimited, Asks: Status, Handler: series(later, JSON(200, started)), Job: lastKnownJob},
		{Name: "429 as a page of Tomcat, once", Row: RowLimited, Asks: Status, Handler: series(Page(429, tomcat429), JSON(200, started)), Job: lastKnownJob},
		{Name: "429 as a page of Tomcat, always", Row: RowLimited, Asks: Status, Handler: always(Page(429, tomcat429)),
			Kind: "rate-limited", Exit: Unreachable, Says: []string{"limits how often", "HTTP Status 429"}},
		{Name: "429 for an hour", Row: RowLimited, Asks: Start, Handler: always(Reply(429, "application/json", "{}", []string{"Retry-After", "3600"})),
			Kind: "rate-limited", Exit: Unreachable, Says: []string{"asks to wait 1 h"}},
		{Name: "404 with a page", Row: RowDeadLink, Asks: Status, Handler: always(Page(404, deadLink)),
			Kind: "not-found", Exit: Failed, Says: []string{"dead link", "context path", "/confluence or /jira"}},
		{Name: "502 of a proxy", Row: RowRestart, Asks: Status, Handler: always(Page(502, nginx502)),
			Kind: "gateway", Exit: Unreachable, Says: []string{"does not reach it", "502 Bad Gateway", "try again"}, Never: []string{"internal error"}},
		{Name: "504 of a proxy to a start", Row: RowRestart, Asks: Start, Handler: always(Page(504, "")),
			Kind: "gateway", Exit: Unreachable, Says: []string{"HTTP 504", "not known whether"}},
		{Name: "503 as a page", Row: RowRestart, Asks: Status, Handler: always(Page(503, tomcat503)),
			Kind: "unavailable", Exit: Unreachable, Says: []string{"not available at the moment", "HTTP 503"}},
		{Name: "maintenance with 200", Row: RowRestart, Asks: Status, Handler: always(Page(200, downPage)),
			Kind: "unavailable", Exit: Unreachable, Says: []string{"not available at the moment", "We will be back soon"}, Never: []string{"login"}},
	}
}

// cookies: load balancers that send back to the same address with a cookie. A cookie
// lives within one chain of redirects: the next request begins without.
func cookies() []Site {
	balancer := func(code int, beyond http.HandlerFunc) func() http.Handler {
		return always(func(w http.ResponseWriter, r *http.Request) {
			if c, err := r.Cookie("LB"); err == nil && c.Value == "node1" {
				beyond(w, r)
				return
			}
			w.Header().Set("Set-Cookie", "LB=node1; Path=/")
			To(code, r.URL.RequestURI())(w, r)
		})
	}
	return []Site{
		{Name: "302 to the same address", Row: RowCookie, Asks: Status, Handler: balancer(302, JSON(200, started)), Job: lastKnownJob},
		{Name: "307 to the same address", Row: RowCookie, Asks: Status, Handler: balancer(307, JSON(200, started)), Job: lastKnownJob},
		{Name: "307 of a start to the same address", Row: RowCookie, Asks: Start, Handler: balancer(307, JSON(202, started)), Job: lastKnownJob},
		{Name: "302 of a start to the same address", Row: RowCookie, Asks: Start, Handler: balancer(302, JSON(202, started)),
			Kind: "redirect", Exit: Failed, Says: []string{"not known whether", "read the status"}},
		{Name: "302 for ever", Row: RowCookie, Asks: Status, Handler: always(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Set-Cookie", "LB=node1; Path=/elsewhere")
			To(302, r.URL.RequestURI())(w, r)
		}), Kind: "redirect", Exit: Failed, Says: []string{"again and again"}, Never: []string{"another address"}},
	}
}
