package sites

import "fmt"

// Bodies of the API as the vendor prints them.
const (
	started   = `{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":125,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`
	completed = `{"startTime":"2021-03-03T12:08:24.045+11:00","completedTime":"2021-03-03T14:08:24.226+11:00","nodeId":"node1","jobId":125,"status":"COMPLETED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},"statistics":{"exportedEntities":23,"writtenRows":54}}`
	older     = `{"startTime":"2021-03-02T12:08:24.045+11:00","completedTime":"2021-03-02T13:08:24.226+11:00","nodeId":"node2","jobId":124,"status":"COMPLETED","config":{"exportFrom":"2020-03-02T12:08:24.036+11:00","forcedExport":false},"statistics":{"exportedEntities":20,"writtenRows":50}}`
	index     = `{"startTime":"2021-01-13T09:01:01.917+11:00","completedTime":"2021-01-13T09:01:01.986+11:00","nodeId":"node2","jobId":56,"status":"FAILED","config":{"exportFrom":"2020-07-17T08:00:00+10:00","forcedExport":false},"errors":[{"key":"export.pre.validation.failed","message":"Inconsistent index used for export job."}]}`
)

// with is the running job with one member written otherwise.
func with(member, value string) string {
	return fmt.Sprintf(`{"startTime":"2021-03-03T12:08:24.045+11:00","nodeId":"node1","jobId":125,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false},%q:%s}`, member, value)
}

// Pages as products, proxies and identity providers send them.
const (
	loginPage = `<!DOCTYPE html><html><head><title>Log In - Confluence</title></head><body><form action="/dologin.action" method="post"><input name="os_username"><input type="password" name="os_password"></form></body></html>`
	samlPage  = `<html><head><title>Note</title></head><body onload="document.forms[0].submit()"><noscript>Your browser does not support JavaScript: press Continue once.</noscript><form action="https://idp.example.com/saml2/sso" method="post"><input type="hidden" name="SAMLRequest" value="fVLJTs"/><input type="hidden" name="RelayState" value="x"/></form></body></html>`
	tomcat429 = `<!doctype html><html lang="en"><head><title>HTTP Status 429 – Too Many Requests</title></head><body><h1>HTTP Status 429 – Too Many Requests</h1></body></html>`
	tomcat503 = `<!doctype html><html lang="en"><head><title>HTTP Status 503 – Service Unavailable</title></head><body></body></html>`
	deadLink  = `<!DOCTYPE html><html><head><title>Oops, you&#39;ve found a dead link. - JIRA</title></head><body></body></html>`
	nginx502  = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
	nginx400  = "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>No required SSL certificate was sent</center>\r\n</body>\r\n</html>\r\n"
	downPage  = `<!doctype html><html><head><title>We will be back soon</title></head><body>Scheduled maintenance until 06:00.</body></html>`
)
