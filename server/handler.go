package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

// Options describes a Handler.
type Options struct {
	// Token is what requests must carry: as a bearer token, or as the password of
	// HTTP Basic with any user name. Without one every request is refused.
	Token secret.Secret
	// Hosts are the names, without port, under which the server may be
	// addressed, besides localhost and IP addresses.
	Hosts []string
	// ContextPath is put before /rest, such as "/confluence"; usually empty.
	ContextPath string
	// Version is the version of the program, for the Server header; may be
	// empty.
	Version string
	// StartTimeout is how long the answer to a start waits for the check of
	// the index; 4 min if 0, which is less than our own client waits. A check
	// that lasts longer is not given up: the start is answered with 202, and
	// an inconsistent index then shows as a FAILED job in the status.
	StartTimeout time.Duration
	// Timeout bounds every other request; 30 s if 0.
	Timeout time.Duration
	// Logger receives a record for each request: at debug level for a read that
	// succeeds, at info level for writes and refusals; none if nil.
	Logger *slog.Logger
	// Now is the clock that tells future from dates; time.Now if nil.
	Now func() time.Time

	// attempts slows wrong tokens down; a new one if nil.
	attempts *attempts
	// lifetime ends when the server shuts down; a start that is under way then
	// ends too. It is set by Serve.
	lifetime context.Context
}

// maxRequestBody is the largest body that is read. Only PUT /config/export-path
// documents one.
const maxRequestBody = 64 << 10

// bases are the documented roots of the API (spec/rest-api.md §1).
var bases = []string{"/rest/datapipeline/latest", "/rest/datapipeline/1.0"}

type handler struct {
	exporter pipeline.Exporter
	options  Options
	hosts    map[string]bool
	token    digest
	routes   map[string]route // by path
}

// route is what a path can do, by method. HEAD is served by GET.
type route map[string]operation

type operation func(http.ResponseWriter, *http.Request)

// Handler returns the REST API over the exporter; config/export-path is there if that is
// a pipeline.ExportPather. Each request is checked in
// this order: the Host header, the path, the method, the token, the XSRF
// header, the body, the parameters.
func Handler(e pipeline.Exporter, o Options) http.Handler {
	if o.StartTimeout <= 0 {
		o.StartTimeout = 4 * time.Minute
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.lifetime == nil {
		o.lifetime = context.Background()
	}
	if o.attempts == nil {
		o.attempts = newAttempts(time.Now)
	}
	h := &handler{exporter: e, options: o, hosts: hostNames(o.Hosts), token: digestOf(o.Token.Reveal()), routes: map[string]route{}}
	context := strings.TrimSuffix("/"+strings.Trim(o.ContextPath, "/"), "/")
	for _, base := range bases {
		h.routes[context+base+"/export"] = route{
			http.MethodGet: h.status, http.MethodPost: h.start, http.MethodDelete: h.cancel,
		}
		if _, ok := e.(pipeline.ExportPather); ok {
			h.routes[context+base+"/config/export-path"] = route{
				http.MethodGet: h.exportPath, http.MethodPut: h.setExportPath, http.MethodDelete: h.resetExportPath,
			}
		}
	}
	return h.logged(http.HandlerFunc(h.serve))
}

func (h *handler) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Server", strings.TrimSuffix("Sluice/"+h.options.Version, "/"))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if !h.hostAllowed(r.Host) {
		refuse(w, misdirected)
		return
	}
	route, ok := h.routes[strings.TrimSuffix(r.URL.Path, "/")]
	if !ok {
		refuse(w, notFound)
		return
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	op, ok := route[method]
	if !ok {
		header.Set("Allow", route.allow())
		refuse(w, methodNotAllowed)
		return
	}
	if problem, ok := h.permitted(w, r); !ok {
		refuse(w, problem)
		return
	}
	if r.ContentLength > maxRequestBody {
		refuse(w, bodyTooLarge)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequestBody)
	op(w, r)
}

// allow is the value of the Allow header.
func (r route) allow() string {
	methods := []string{}
	for _, m := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete} {
		if r[m] != nil || m == http.MethodHead && r[http.MethodGet] != nil {
			methods = append(methods, m)
		}
	}
	return strings.Join(methods, ", ")
}
