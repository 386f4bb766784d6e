# Sluice: `make run` shows it, `make test` checks it. Both install what they need.

TAGS  := x11,migrated_fynedo
GO    := go
FLAGS := -trimpath

# Versions of the tools that only developers need; they are no dependencies of the program.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: run test setup build headless lint lint-cross test-unit test-race test-window test-wine fuzz faults bench bench-window screenshots clean clean-demo

run: setup ## the window on a demo snapshot; without a display the same export headless
	@scripts/run.sh

test: setup lint lint-cross test-unit test-window ## everything that CI checks

setup: ## apt packages and Go modules that are missing
	@scripts/setup.sh

build: bin/sluice ## the program with its window

.PHONY: bin/sluice
bin/sluice:
	$(GO) build $(FLAGS) -tags $(TAGS) -o $@ .

headless: ## the same program without the window, in pure Go
	CGO_ENABLED=0 $(GO) build $(FLAGS) -tags headless -o bin/sluice-headless .

lint: ## formatting, vet, staticcheck; the layers are checked by a test
	@out=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$out" ] || { echo "gofmt wants:"; echo "$$out"; exit 1; }
	CGO_ENABLED=0 $(GO) vet -tags ci,migrated_fynedo ./...
	CGO_ENABLED=0 $(GO) vet -tags headless .
	CGO_ENABLED=0 $(GO) run $(STATICCHECK) -tags ci,migrated_fynedo ./...

# Fyne's own start of a window does not compile for macOS without cgo, so main is
# looked at without its window there.
lint-cross: ## the program without its window for Windows and macOS, and vet of everything that needs no cgo
	@set -e; for os in windows darwin; do export GOOS=$$os CGO_ENABLED=0; \
	  $(GO) build $(FLAGS) -tags headless -o /dev/null .; $(GO) vet $(FLAGS) -tags headless .; \
	  $(GO) vet $(FLAGS) -tags ci,migrated_fynedo $$($(GO) list -tags ci,migrated_fynedo ./... | if [ $$os = darwin ]; then grep -vx sluice; else cat; fi); done

test-unit: ## every test that needs no display, in pure Go
	CGO_ENABLED=0 $(GO) test -tags ci,migrated_fynedo ./...

test-race: ## the same under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -tags ci,migrated_fynedo ./...

test-window: bin/sluice ## a real window on a virtual display, driven by mouse and keyboard
	SLUICE_BINARY=$(CURDIR)/bin/sluice CGO_ENABLED=0 $(GO) test -count=1 -tags e2e ./e2e/...

test-wine: ## the Windows build at work under Wine; installs Wine
	@scripts/wine.sh

fuzz: ## each fuzz target for half a minute
	@scripts/fuzz.sh 30s

faults: setup headless ## kills, failing calls, full disks, damaged snapshots and broken networks, for real (FAULTS="-kills 50")
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/faults ./bench/faults
	bin/faults -sluice bin/sluice-headless $(FAULTS)
	CGO_ENABLED=0 $(GO) test $(FLAGS) -count=1 -tags ci,migrated_fynedo ./localexport/resumetest -interruptions 50 -v

bench: setup ## Sluice beside the tools that people would use instead
	@scripts/bench.sh

bench-window: build ## what the window takes: start, rest, export, a large file, memory (WINDOW="-only idle")
	$(GO) build $(FLAGS) -tags $(TAGS) -o bin/bench-empty ./bench/window/empty
	CGO_ENABLED=0 $(GO) build $(FLAGS) -o bin/bench-window ./bench/window
	bin/bench-window $(WINDOW)

screenshots: ## the pictures of the documentation, drawn without a display
	CGO_ENABLED=0 $(GO) run -tags ci,migrated_fynedo ./ui/gallery -out docs/screenshots

clean: ## what was built; exports stay, those of the demo too
	rm -rf bin

clean-demo: ## the home of the demo with its exports, after asking
	@REMOVE_DEMO=$(REMOVE_DEMO) scripts/clean-demo.sh
