//go:build depspin

package main

import (
	_ "fyne.io/fyne/v2"
	_ "fyne.io/fyne/v2/app"
	_ "fyne.io/fyne/v2/test"
	_ "github.com/alecthomas/kong"
	_ "github.com/axiomhq/hyperloglog"
	_ "github.com/caio/go-tdigest/v4"
	_ "github.com/dustin/go-humanize"
	_ "github.com/go-resty/resty/v2"
	_ "github.com/gocarina/gocsv"
	_ "github.com/gofrs/flock"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/zalando/go-keyring"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/sys/unix"
	_ "golang.org/x/term"
	_ "modernc.org/sqlite"
	_ "zombiezen.com/go/sqlite/sqlitex"
)
