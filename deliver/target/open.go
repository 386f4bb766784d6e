package target

import (
	"context"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"sluice/takes/tunnel"
	"sluice/wording"
)

// Access is how places are reached that are not folders here.
type Access struct {
	SSH tunnel.Options // its Target is that of the address
	S3  S3Options
}

// Address is where files are delivered to, as people write it.
type Address struct {
	url    *url.URL // nil: a folder
	folder string
}

// ErrAddress is wrapped by the errors for addresses that are none.
var ErrAddress = wording.New("that is no place to deliver to")

// Parse reads an address: a folder, sftp://user@host/path or s3://bucket/prefix. A
// password in it is refused: it would show in the list of processes.
func Parse(text string) (Address, error) {
	return parse(text, ErrAddress, "it is a folder, sftp://user@host/path or s3://bucket/prefix,")
}

// parse is Parse with the error that what is no address gives, and what there is.
func parse(text string, none error, there string) (Address, error) {
	scheme, _, found := strings.Cut(text, "://")
	if !found || len(scheme) < 2 {
		if text == "" {
			return Address{}, wording.Errorf("%w: it is empty", none)
		}
		folder, err := filepath.Abs(text)
		return Address{folder: folder}, err
	}
	u, err := url.Parse(text)
	switch {
	case err != nil: // its error would quote the whole of it
		return Address{}, wording.Errorf("%w: it cannot be read as a URL", none)
	case u.User != nil && hasPassword(u):
		return Address{}, wording.Errorf("%w with a password, which would show in the list of processes: SFTP logs in with a key, and storage with AWS_ACCESS_KEY_ID or a profile", none)
	case u.RawQuery != "" || u.Fragment != "":
		return Address{}, wording.Errorf("%w: nothing may stand behind its path", none)
	}
	switch u.Scheme {
	case "sftp", "s3":
		if u.Host == "" {
			return Address{}, wording.Errorf("%w: it names no host or bucket", none)
		}
		if u.Scheme == "s3" && (u.User != nil || u.Port() != "") {
			return Address{}, wording.Errorf("%w: of storage it has the form s3://bucket/prefix, and the endpoint, which names the server, stands apart", none)
		}
		return Address{url: u}, nil
	case "file":
		if u.Host != "" && u.Host != "localhost" {
			return Address{}, wording.Errorf("%w: a file: URL of this computer has three slashes", none)
		}
		return Address{folder: filepath.FromSlash(u.Path)}, nil
	}
	return Address{}, wording.Errorf("%w: %s and not %s://", none, there, u.Scheme)
}

// String is the address in one form, however it was written: a folder is named from the root
// on.
func (a Address) String() string {
	if a.url == nil {
		return filepath.Clean(a.folder)
	}
	u := *a.url
	u.Path, u.RawPath = path.Clean("/"+u.Path), ""
	return u.String()
}

func hasPassword(u *url.URL) bool {
	_, has := u.User.Password()
	return has
}

// Open makes the connection, if there is one to make.
func (a Address) Open(ctx context.Context, access Access) (Target, error) {
	switch {
	case a.url == nil:
		return Folder(a.folder)
	case a.url.Scheme == "s3":
		return S3(ctx, a.url, access.S3)
	}
	return SFTP(ctx, a.url, access.SSH)
}
