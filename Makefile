# Sluice: `make help` lists what there is. A target installs what it needs, by purpose.

GO    ?= go
FLAGS := -trimpath

# The window on Linux draws by OpenGL ES, as Fyne does on ARM: the binding of desktop
# OpenGL takes two thirds of the CPU of a first build. For it: make build TAGS=x11,migrated_fynedo
ifeq ($(shell uname -s),Linux)
TAGS ?= x11,gles,migrated_fynedo
else
TAGS ?= migrated_fynedo
endif

# The program without its window is for servers and the first look: without the data
# of debuggers it compiles faster and is a third smaller; panics tell their lines all the
# same. Of pgtype one constant is used, so that nothing is lost by inlining none of it.
LEAN := -gcflags=all=-dwarf=false -gcflags=github.com/jackc/pgx/v5/pgtype='-dwarf=false -l' -ldflags='-s -w'

# Where make install puts the program: the system's folder for root, else the person's own.
PREFIX ?= $(if $(filter 0,$(shell id -u)),/usr/local,$(HOME)/.local)

# Versions of the tools that only developers need; they are no dependencies of the program.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

export GO TAGS PREFIX

.DEFAULT_GOAL := help
.PHONY: licences help run install install-headless uninstall test setup setup-headless setup-window setup-test build headless lint lint-cross test-unit test-purego test-race test-window test-wine test-h2 fuzz faults nightly bench bench-csvfile bench-window bench-takes bench-parquet first-hour databases screenshots gallery package kits corpora clean clean-demo

help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## the window on a demo snapshot; without a display the same export headless
	@scripts/run.sh

install: build ## the window and the commands as "sluice" on the PATH (PREFIX=/usr/local for all users)
	@scripts/install.sh install bin/sluice

install-headless: headless ## the commands without the window as "sluice" on the PATH
	@scripts/install.sh install bin/sluice-headless

uninstall: ## takes away what was installed; exports and settings stay
	@scripts/install.sh uninstall

# What follows something that has failed is looked at all the same: one run tells all.
test: setup-test ## everything that CI checks
	@$(MAKE) --no-print-directory --keep-going lint test-unit test-purego test-window

setup: setup-test ## installs what is missing for everything; setup-headless and setup-window take less

setup-headless setup-window setup-test:
	@scripts/setup.sh $(@:setup-%=%)

build: setup-window bin/sluice ## bin/sluice, the program with its window

.PHONY: bin/sluice
bin/sluice:
	@scripts/compile.sh $@ $(TAGS) $(FLAGS)

headless: setup-headless ## bin/sluice-headless, the same without the window, in pure Go
	@CGO_ENABLED=0 scripts/compile.sh bin/sluice-headless headless $(FLAGS) $(LEAN)

lint: lint-here lint-cross ## formatting, vet and linters, for Windows and macOS too; the layers are checked by a test

.PHONY: lint-here
lint-here:
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "gofmt wants:"; echo "$$out"; exit 1; }
	CGO_ENABLED=0 $(GO) vet $(FLAGS) -tags ci,migrated_fynedo ./...
	CGO_ENABLED=0 $(GO) vet $(FLAGS) -tags headless .
	CGO_ENABLED=0 $(GO) run $(FLAGS) $(STATICCHECK) -tags ci,migrated_fynedo ./...

# Fyne's own start of a window does not compile for macOS without cgo, so main is
# looked at without its window there.
lint-cross: ## the program without its window for Windows and macOS, and vet of everything that needs no cgo
	@set -e; for os in windows darwin; do export GOOS=$$os CGO_ENABLED=0; \
	  $(GO) build $(FLAGS) -tags headless -o /dev/null .; $(GO) vet $(FLAGS) -tags headless .; \
	  $(GO) vet $(FLAGS) -tags ci,migrated_fynedo $$($(GO) list -tags ci,migrated_fynedo ./... | if [ $$os = darwin ]; then grep -vx sluice; else cat; fi); done

# Those that take longest begin first, so that the others go beside them to the end.
LONGEST := ./ui ./cli ./takes ./csvfile ./bench/databases

# A machine with other work takes longer than the limit that there is by itself.
LIMIT := -timeout 30m

test-unit: ## every test that needs no display, in pure Go
	CGO_ENABLED=0 $(GO) test $(FLAGS) $(LIMIT) -tags ci,migrated_fynedo $(LONGEST) ./...

# What has code of its own for a processor, without it: all of its own tests, and of what is
# built on it those that compare every byte with what others read and write.
PUREGO := RowsEverywhere|RowsBeforeIndex|TailBeforeIndex|ReadRows|Unseen|Walk|AgainstPython|Kinds|FindQuote|SaveView|Golden|IndependentStatements|LongBodyIsTheSame

test-purego: ## the tests of what is written in assembly, as other processors run it
	CGO_ENABLED=0 $(GO) test $(FLAGS) -tags ci,migrated_fynedo,purego ./csvfile/internal/... ./localexport/record/...
	CGO_ENABLED=0 $(GO) test $(FLAGS) -tags ci,migrated_fynedo,purego -run '^Test($(PUREGO))$$' ./csvfile ./localexport/confluence

# SQLite, made Go from C, reckons with addresses as C does, which is no race and which the
# checks of pointers that come with the detector take for a fault of ours.
test-race: ## the same under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test $(FLAGS) $(LIMIT) -race -gcflags=modernc.org/...=-d=checkptr=0 -tags ci,migrated_fynedo ./...

test-window: bin/sluice ## a real window on a virtual display, driven by mouse and keyboard
	SLUICE_BINARY=$(CURDIR)/bin/sluice CGO_ENABLED=0 $(GO) test $(FLAGS) $(LIMIT) -count=1 -parallel 40 -tags e2e ./e2e/...

test-wine: ## the Windows build at work under Wine; installs Wine
	@scripts/wine.sh

test-h2: ## H2 by way of CSV, with jars of two generations (needs Java, Maven and sqlite3)
	@scripts/h2.sh

fuzz: ## each fuzz target for half a minute
	@scripts/fuzz.sh 30s

faults: headless ## kills, failing calls, full disks, damaged snapshots and broken networks, for real (FAULTS="-kills 50")
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/faults ./bench/faults
	bin/faults -sluice bin/sluice-headless $(FAULTS)
	CGO_ENABLED=0 $(GO) test $(FLAGS) -count=1 -tags ci,migrated_fynedo ./localexport/resumetest -interruptions 50 -v
	CGO_ENABLED=0 $(GO) test $(FLAGS) -count=1 -tags ci,migrated_fynedo ./cli -run Outages -outages 20000 -v

nightly: setup-test ## a whole night of a schedule, killed at every third of its points, with real storage, which it gets (POINTS=1)
	@scripts/nightly.sh

bench: setup-test ## Sluice beside the tools that people would use instead
	@scripts/bench.sh

bench-csvfile: ## the CSV engine beside its peers (CSV="-only sort -size 1GB -quoted 1MB -python VENV/bin/python", which has DuckDB)
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/bench-csvfile ./bench/csvfile
	bin/bench-csvfile $(CSV)

bench-window: setup-test build ## what the window takes: start, rest, export, a large file, memory (WINDOW="-only idle")
	$(GO) build $(FLAGS) -tags $(TAGS) -o bin/bench-empty ./bench/window/empty
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/bench-window ./bench/window
	bin/bench-window $(WINDOW)

bench-takes: headless ## snapshots of a PostgreSQL of its own and its dumps, beside its tools (TAKES="-pages 20000")
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/bench-takes ./bench/takes
	bin/bench-takes $(TAKES)

bench-parquet: headless ## Parquet beside CSV and beside DuckDB, which it gets (PARQUET="40000 5": pages and rounds)
	@scripts/kits.sh bench $(PARQUET)

first-hour: ## what a new user waits for, measured in a bare Debian (as root)
	@scripts/first-hour.sh

databases: headless ## every source against real servers, which it gets; writes docs/databases.md (DATABASES="-server 'PostgreSQL 18'")
	@DATABASES="$(DATABASES)" scripts/databases.sh

kits: headless ## the statements of sluice kit in real engines, every cell compared; writes docs/kits.md (KITS="duckdb spark")
	@KITS="$(KITS)" scripts/kits.sh

corpora: headless ## files that others test CSV readers with, which it gets, beside Python's csv module: every cell compared
	@scripts/corpora.sh

screenshots: ## the pictures of the documentation, drawn without a display
	CGO_ENABLED=0 $(GO) run $(FLAGS) -tags ci,migrated_fynedo ./ui/gallery -out docs/screenshots

gallery: ## every screen in every state, light and dark, some tabs in every language: bin/gallery/index.html (GALLERY="-gallery-more" goes on; "-gallery-size 900x600@1,1350x900@1.5 -gallery-only 'board;tour'")
	@scripts/gallery.sh $(GALLERY)

package: setup-window ## packages for Linux, Windows, macOS and containers in dist/, of what is committed (PARTS=headless,linux)
	CGO_ENABLED=0 $(GO) run $(FLAGS) ./packaging -out dist -only "$(PARTS)"

licences: ## the licences of the libraries, as the window shows them
	CGO_ENABLED=0 $(GO) test $(FLAGS) -tags ci,migrated_fynedo -run '^TestLicences$$' . -update

clean: ## what was built; exports stay, those of the demo too
	rm -rf bin dist

clean-demo: ## the home of the demo with its exports, after asking
	@REMOVE_DEMO=$(REMOVE_DEMO) scripts/clean-demo.sh
