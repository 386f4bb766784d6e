package sites

import "slices"

// The rows of the list of situations that the sites are examples of.
const (
	RowXSRF      = "XSRF check"
	RowLogin     = "single sign-on"
	RowRefused   = "refused access"
	RowDemands   = "cookies, headers and certificates that are demanded"
	RowLimited   = "rate limits"
	RowDeadLink  = "dead link"
	RowRestart   = "rolling restart"
	RowOdd       = "odd JSON"
	RowStart     = "refused starts"
	RowCookie    = "redirects with a cookie"
	lastKnownJob = 125
)

// All is every site.
func All() []Site {
	return slices.Concat(xsrf(), logins(), refusals(), demands(), limits(), starts(), odd(), cookies(), restarts())
}
