package sites

import "strings"

// odd are answers in which something is written otherwise than the API documents. The
// rest of each is read all the same.
func odd() []Site {
	var list []Site
	add := func(name, body string, says ...string) {
		list = append(list, Site{Name: name, Row: RowOdd, Asks: Status, Handler: always(JSON(200, body)), Job: lastKnownJob, Says: says})
	}
	accepted := func(name, body string, says ...string) {
		list = append(list, Site{Name: name + ", after a 202", Row: RowOdd, Asks: Start, Handler: always(starting(JSON(202, body))), Job: lastKnownJob, Says: says})
	}
	add("byte order mark", "\xef\xbb\xbf"+started)
	add("a member twice", `{"jobId":1,"jobId":125,"status":"STARTED"}`, "jobId", "twice")
	add("nulls", `{"jobId":125,"status":"STARTED","startTime":null,"config":null,"statistics":null,"errors":null,"warnings":[null],"schema":null,"optedOutFiles":null,"nodeId":null}`)
	add("numbers as texts", `{"jobId":"125","status":"COMPLETED","statistics":{"exportedEntities":"23","writtenRows":"54"}}`, "54 rows of 23 entities", "jobId")
	add("numbers as floats", `{"jobId":125.0,"status":"COMPLETED","statistics":{"exportedEntities":2.3e1,"writtenRows":54.0}}`, "54 rows of 23 entities")
	add("rows that are no number", `{"jobId":125,"status":"COMPLETED","statistics":{"exportedEntities":23,"writtenRows":"many"}}`, "? rows of 23 entities", "writtenRows", `"many"`)
	add("errors as texts", `{"jobId":125,"status":"FAILED","errors":["The node left the cluster.",{"key":"k","message":"Second."}]}`, "The node left the cluster.", "Second.")
	add("an error as an object", `{"jobId":125,"status":"FAILED","errors":{"key":"k","message":"Alone."}}`, "Alone.")
	add("times in milliseconds", `{"jobId":125,"status":"COMPLETED","startTime":1614733704045,"completedTime":1614737304045,"config":{"exportFrom":1583197704036,"forcedExport":false}}`, "in 1 h", "2020-03-03")
	add("times with the name of a zone", `{"jobId":125,"status":"COMPLETED","startTime":"2021-03-03T12:08:24.045+11:00[Australia/Sydney]","completedTime":"2021-03-03T13:08:24.045+11:00[Australia/Sydney]"}`, "in 1 h", "Australia/Sydney")
	add("times without a zone", `{"jobId":125,"status":"COMPLETED","startTime":"2021-03-03T12:08:24.045","completedTime":"2021-03-03 13:08:24"}`, "in 1 h", "zone")
	add("a time that is none", with("completedTime", `"not yet"`), "completedTime", `"not yet"`)
	add("a version as text", with("schema", `{"version":"2","status":"ACTIVE"}`), "schema.version")
	add("a version that is no number", with("schema", `{"version":"v2","status":"ACTIVE"}`), "schema.version", `"v2"`)
	add("ten huge messages", with("warnings", "["+strings.Repeat(`{"key":"k","message":"`+strings.Repeat("long ", 20_000)+`"},`, 9)+`{"key":"k","message":"`+strings.Repeat("long ", 20_000)+`"}]`), "more characters")
	add("escape sequences", with("warnings", `[{"key":"k","message":"\u001b[2J\u001b]0;owned\u0007 \u202egone"}]`), "‹001B›[2J")
	add("the token echoed", with("nodeId", `"node-`+Token+`"`), "node-")
	add("a node that is a number", with("nodeId", "3"), "nodeId", "on 3")
	add("a status in small letters", `{"jobId":125,"status":"completed"}`, "completed", "status")
	add("an end that nobody dates", `{"jobId":125,"status":"COMPLETED","startTime":"2021-03-03T12:08:24.045+11:00"}`, "Job 125: completed\n")
	add("an id in words", `{"jobId":"export-7","status":"STARTED","startTime":"2021-03-03T12:08:24.045+11:00"}`, "export-7", "started")
	list[len(list)-1].Job = 0
	add("unknown members", with("queue", `{"place":[3,null]}`))
	accepted("a time that is none", with("completedTime", `{"epochSecond":1}`), "completedTime")
	accepted("numbers as texts", `{"jobId":"125","status":"STARTED","startTime":1614733704045}`, "jobId")
	accepted("everything else odd", `{"jobId":125,"status":"STARTED","startTime":[2021,3],"config":"none","statistics":[],"errors":7,"warnings":"w","schema":2,"nodeId":{"a":1},"rootExportPath":[],"optedOutEntities":{},"optedOutFiles":1}`, "startTime", "config")
	return list
}
