package target

import (
	"context"
	"path"
	"regexp"
	"time"

	"github.com/minio/minio-go/v7"
)

const (
	// abandonedFor is how old an upload in parts is that nobody completes any more.
	abandonedFor = 24 * time.Hour
	// abandonGrace bounds the removal of parts, also when the delivery was cancelled.
	abandonGrace = 30 * time.Second
)

// exported are the names of the files of jobs, by which our own uploads are known.
var exported = regexp.MustCompile(`^[a-z_]+_job[0-9]+_`)

// abandon removes the parts of an object that was not completed: they take room which no list
// of objects shows, and is paid for. A failure is that of what is put next.
func (b *bucket) abandon(ctx context.Context, key string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abandonGrace)
	defer cancel()
	_ = b.client.RemoveIncompleteUpload(ctx, b.name, key)
}

// sweep removes the parts that earlier runs have left of files of jobs, below the prefix:
// those of jobs that are not delivered again. Others may upload beside us, and keep theirs.
func (b *bucket) sweep(ctx context.Context) {
	prefix := b.prefix
	if prefix != "" {
		prefix += "/"
	}
	ctx, cancel := context.WithCancel(ctx) // the list ends with it
	defer cancel()
	core := minio.Core{Client: b.client}
	var stale []minio.ObjectMultipartInfo
	for upload := range b.client.ListIncompleteUploads(ctx, b.name, prefix, true) {
		abandoned := false
		if upload.Err == nil && exported.MatchString(path.Base(upload.Key)) && time.Since(upload.Initiated) > abandonedFor {
			abandoned, upload.Err = idle(ctx, core, b.name, upload)
		}
		if upload.Err != nil {
			if ctx.Err() == nil {
				b.notes = append(b.notes, "Whether interrupted uploads have left parts in the bucket could not be seen: allow ListBucketMultipartUploads and ListMultipartUploadParts, or set a rule that removes them.")
			}
			return
		}
		if abandoned {
			stale = append(stale, upload)
		}
	}
	for _, upload := range stale { // by its id: the same file may be on its way again
		_ = core.AbortMultipartUpload(ctx, b.name, upload.Key, upload.UploadID)
	}
}

// idle reports whether nobody has put a part for so long that nobody will: a large file may be on
// its way for days.
func idle(ctx context.Context, core minio.Core, bucket string, upload minio.ObjectMultipartInfo) (bool, error) {
	for after := 0; ; {
		parts, err := core.ListObjectParts(ctx, bucket, upload.Key, upload.UploadID, after, 1000)
		if minio.ToErrorResponse(err).Code == "NoSuchUpload" { // it has ended meanwhile
			return false, nil
		}
		if err != nil {
			return false, err
		}
		for _, p := range parts.ObjectParts {
			if time.Since(p.LastModified) < abandonedFor {
				return false, nil
			}
		}
		if !parts.IsTruncated || parts.NextPartNumberMarker <= after {
			return true, nil
		}
		after = parts.NextPartNumberMarker
	}
}
