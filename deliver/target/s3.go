package target

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"sluice/leash"
	"sluice/takes/feed"
	"sluice/wording"
)

// S3Options say how storage of the S3 kind is reached.
type S3Options struct {
	Endpoint string // a URL; "" is Amazon's
	Region   string // "" asks the server
	// Profile names the keys in the credentials file of the AWS tools; "" is what
	// AWS_PROFILE says, or the default. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY win.
	Profile string
	// Transport is nil but in tests.
	Transport http.RoundTripper
}

// tries is how often a request is made before the storage is said not to answer.
const tries = 3

// partSize bounds the memory for a file that is put in parts; a file may have 10,000.
const partSize = 64 << 20

// bucket is a bucket, and what the names in it begin with.
type bucket struct {
	client *minio.Client
	name   string
	prefix string
	parts  uint64    // how large they are of a file that is put in several
	swept  sync.Once // of what earlier runs have left
	notes  []string
}

// S3 is a bucket, s3://bucket/prefix, which must exist.
func S3(ctx context.Context, u *url.URL, o S3Options) (Target, error) {
	endpoint := &url.URL{Scheme: "https", Host: "s3.amazonaws.com"}
	if o.Endpoint != "" {
		var err error
		if endpoint, err = url.Parse(o.Endpoint); err != nil || endpoint.Host == "" || endpoint.User != nil || endpoint.Scheme != "http" && endpoint.Scheme != "https" {
			return nil, wording.New("the endpoint of the storage is no URL such as https://s3.example.com: keys do not belong there")
		}
	}
	keys := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.FileAWSCredentials{Profile: o.Profile}})
	if v, err := keys.GetWithContext(nil); err != nil || v.AccessKeyID == "" {
		return nil, feed.Denied("there are no keys for %s: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of the AWS credentials file", u.Host)
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: keys, Secure: endpoint.Scheme == "https", Region: o.Region, Transport: o.Transport, MaxRetries: tries})
	if err != nil {
		return nil, wording.Errorf("reach the storage %s: %w", endpoint.Host, err)
	}
	b := &bucket{client: client, name: u.Host, prefix: strings.Trim(u.Path, "/"), parts: partSize}
	exists, err := client.BucketExists(ctx, b.name)
	if err != nil {
		return nil, b.explain(err)
	}
	if !exists {
		// The answer had no body, and may be that to wrong keys: this one has.
		for object := range client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix, MaxKeys: 1}) {
			if object.Err != nil {
				return nil, b.explain(object.Err)
			}
			break
		}
		return nil, wording.Errorf("there is no bucket %s at %s: make it first", b.name, endpoint.Host)
	}
	return b, nil
}

func (b *bucket) key(name string) string { return path.Join(b.prefix, name) }

// Put implements Target: the server compares checksums, and an object is there when all of
// it is. Of one in parts nothing stays if it does not come to its end.
func (b *bucket) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	b.swept.Do(func() { b.sweep(ctx) })
	inParts := size > int64(b.parts)
	if inParts {
		b.abandon(ctx, b.key(name)) // that of a process that was killed
	}
	_, err := b.client.PutObject(ctx, b.name, b.key(name), struct{ io.Reader }{leash.Reader(ctx, r)}, size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: b.parts, NumThreads: 1, SendContentMd5: true})
	if err != nil && inParts {
		b.abandon(ctx, b.key(name))
	}
	return b.explain(err)
}

func (b *bucket) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if _, err := b.Size(ctx, name); err != nil {
		return nil, err
	}
	o, err := b.client.GetObject(ctx, b.name, b.key(name), minio.GetObjectOptions{})
	return o, b.explain(err)
}

func (b *bucket) Size(ctx context.Context, name string) (int64, error) {
	info, err := b.client.StatObject(ctx, b.name, b.key(name), minio.StatObjectOptions{})
	return info.Size, b.explain(err)
}

func (b *bucket) Remove(ctx context.Context, name string) error {
	return b.explain(b.client.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{}))
}

// explain says what an error of the server means.
func (b *bucket) explain(err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		var unreachable *url.Error
		if errors.As(err, &unreachable) && !errors.Is(err, context.Canceled) {
			return feed.Unreachable("the storage of bucket %s cannot be reached: %s", b.name, feed.LastPart(unreachable.Err.Error()))
		}
		return err
	}
	if answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden {
		answer.Code = cmp.Or(answer.Code, "AccessDenied")
		return b.denied(answer.Code)
	}
	switch answer.Code {
	case "NoSuchKey", "NotFound":
		return &fs.PathError{Op: "read", Path: b.String(), Err: fs.ErrNotExist}
	case "NoSuchBucket":
		return wording.Errorf("there is no bucket %s: make it first", b.name)
	case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "XAdminUserNotFound":
		return b.denied(answer.Code)
	case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout":
		return feed.Unreachable("the storage of bucket %s does not answer now (%s): try again", b.name, answer.Code)
	}
	return wording.Errorf("bucket %s: %s (%s)", b.name, answer.Message, answer.Code)
}

func (b *bucket) denied(code string) error {
	return feed.Denied("the keys are not allowed that in bucket %s (%s): check keys and policy", b.name, code)
}

func (b *bucket) Proves() bool    { return true }
func (b *bucket) String() string  { return "s3://" + path.Join(b.name, b.prefix) }
func (b *bucket) Notes() []string { return b.notes }
func (b *bucket) Close() error    { return nil }
