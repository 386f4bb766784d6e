package sites

import (
	"net/http"
	"strings"
)

func xsrf() []Site {
	return []Site{
		{Name: "404 XSRF check failed", Row: RowXSRF, Asks: Start,
			Handler: always(Reply(404, "text/plain", "XSRF check failed", nil)),
			Kind:    "xsrf", Exit: NotAuthorised, Says: []string{"XSRF check", "X-Atlassian-Token"}, Never: []string{"data pipeline at this address"}},
		{Name: "403 XSRF check failed in a page", Row: RowXSRF, Asks: Cancel,
			Handler: always(Page(403, "<html><body>XSRF check failed</body></html>")),
			Kind:    "xsrf", Exit: NotAuthorised, Says: []string{"XSRF check", "proxy"}, Never: []string{"permission"}},
		{Name: "a server that knows one spelling of the header", Row: RowXSRF, Asks: Start,
			Handler: always(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet && r.Header.Get("X-Atlassian-Token") != "no-check" {
					Reply(404, "text/plain", "XSRF check failed", nil)(w, r)
					return
				}
				JSON(202, started)(w, r)
			}), Job: lastKnownJob},
	}
}

func logins() []Site {
	login := func(name string, handler func() http.Handler, says ...string) Site {
		return Site{Name: name, Row: RowLogin, Asks: Status, Handler: handler, Kind: "login-page", Exit: NotAuthorised,
			Says: append([]string{"not authorised", "login page", "single sign-on"}, says...), Never: []string{"unreachable", "SAMLRequest", "fVLJTs"}}
	}
	to := func(place string) func() http.Handler { return always(To(302, place)) }
	onStart := login("302 of a start to an identity provider", to("https://login.example.com/adfs/ls?SAMLRequest=fVLJTs"), "login.example.com")
	onStart.Asks = Start
	nobody := login("a login page, and no token", always(Page(200, loginPage)), "personal access token")
	nobody.Auth = WithNothing
	return []Site{
		login("login page with 200", always(Page(200, loginPage)), "Log In - Confluence"),
		login("SAML page with 200", always(Page(200, samlPage))),
		login("login page said to be JSON", always(JSON(200, loginPage))),
		login("302 to an identity provider", to("https://login.microsoftonline.com/tenant/saml2?SAMLRequest=fVLJTs"), "login.microsoftonline.com"),
		login("302 to an identity provider with no telling name", to("https://id.example.com/app/k2?RelayState=x&SAMLRequest=fVLJTs"), "id.example.com/app/k2"),
		login("302 to a Cognito page", to("https://corp.auth.eu-west-1.amazoncognito.com/oauth2/authorize?client_id=1"), "amazoncognito.com"),
		login("302 to /login.action", func() http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "login.action") {
					Page(200, loginPage)(w, r)
					return
				}
				To(302, "/login.action?os_destination=%2Frest")(w, r)
			})
		}, "Log In - Confluence"),
		login("302 with a session cookie, then a login page", func() http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if _, err := r.Cookie("JSESSIONID"); err == nil {
					Page(200, loginPage)(w, r)
					return
				}
				w.Header().Set("Set-Cookie", "JSESSIONID=A1; Path=/; HttpOnly")
				To(302, r.URL.RequestURI())(w, r)
			})
		}, "Log In - Confluence"),
		onStart, nobody,
	}
}

func refusals() []Site {
	refused := func(name, kind string, h http.HandlerFunc, says ...string) Site {
		return Site{Name: name, Row: RowRefused, Asks: Status, Handler: always(h), Kind: kind, Exit: NotAuthorised, Says: says}
	}
	never := func(s Site, words ...string) Site { s.Never = words; return s }
	as := func(s Site, auth string) Site { s.Auth = auth; return s }
	seraph := func(status int, reason, user string) http.HandlerFunc {
		return Reply(status, "application/json", "{}", []string{"X-Seraph-LoginReason", reason, "X-AUSERNAME", user})
	}
	return []Site{
		never(refused("401 of a token that lacks a permission", "forbidden",
			JSON(401, `{"errors":[{"context":null,"message":"You are not permitted to access this resource","exceptionName":"com.example.AuthorisationException"}]}`),
			"lacks a permission", "System Administrator"), "mistyped"),
		never(refused("401 to a user who is known", "forbidden", seraph(401, "OK", "admin"), "lacks a permission", "HTTP 401"), "mistyped"),
		refused("401 of a token", "unauthorized", JSON(401, `{"message":"Client must be authenticated to access this resource.","status-code":401}`),
			"does not accept the token", "new personal access token"),
		as(refused("401 to nobody", "unauthorized", JSON(401, "{}"), "none was sent", "personal access token"), WithNothing),
		never(refused("403 to an anonymous user", "unauthorized", seraph(403, "AUTHENTICATED_FAILED", "anonymous"), "does not accept the token", "HTTP 403"), "lacks a permission"),
		never(as(refused("403 to nobody", "unauthorized", seraph(403, "OUT", "anonymous"), "none was sent"), WithNothing), "lacks a permission"),
		refused("403 of a permission", "forbidden", JSON(403, `{"message":"User is not a system administrator."}`), "lacks a permission", "User is not a system administrator"),
		never(as(refused("Basic is disabled", "basic-disabled",
			Reply(403, "text/html", "<html><head><title>Basic Authentication has been disabled on this instance.</title></head></html>", nil),
			"basic authentication is disabled", "personal access token"), WithPassword), "lacks a permission"),
		as(refused("Basic is disabled, as JSON", "basic-disabled", JSON(401, `{"message":"Basic auth is disabled for this instance"}`),
			"basic authentication is disabled"), WithPassword),
		never(as(refused("a CAPTCHA, 403", "captcha", Reply(403, "text/html", "<html></html>",
			[]string{"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp?x=1", "X-Seraph-LoginReason", "AUTHENTICATION_DENIED"}),
			"CAPTCHA", "browser", "https://jira.example.com/login.jsp"), WithPassword), "lacks a permission", "x=1"),
		as(refused("a CAPTCHA, 401", "captcha", seraph(401, "AUTHENTICATION_DENIED", "anonymous"), "CAPTCHA", "browser"), WithPassword),
		{Name: "a session cookie makes the right token wrong", Row: RowRefused, Asks: Status, Handler: always(staleSession), Job: lastKnownJob},
		{Name: "a stale cookie of the settings", Row: RowRefused, Asks: Status, Handler: always(staleSession),
			Header: http.Header{"Cookie": {"JSESSIONID=OLD"}},
			Kind:   "stale-cookie", Exit: NotAuthorised, Says: []string{"cookie", "renew the cookie"}, Never: []string{"mistyped", "--token-file"}},
	}
}

// staleSession gives everybody a session, and refuses a token that comes with one.
func staleSession(w http.ResponseWriter, r *http.Request) {
	if _, err := r.Cookie("JSESSIONID"); err == nil {
		Reply(401, "application/json", `{"message":"Unauthorized"}`, []string{"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"})(w, r)
		return
	}
	w.Header().Set("Set-Cookie", "JSESSIONID=A1; Path=/; HttpOnly")
	JSON(200, started)(w, r)
}
