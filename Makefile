# Breakwater. `make demo` shows it, `make test` proves it; both need only Go,
# Node.js and make to begin with.

GO      ?= go
RACE    := ./command/... ./store/... ./api/... ./drill/...
WEB     := $(shell find web/src web/public web/index.html web/*.ts web/package.json words/table -type f 2>/dev/null)

.PHONY: demo build test prove lint fmt bench screens tools

demo: build ## build all and open July 2020 on the embedded store
	./bin/breakwater demo

build: web/dist/.built ## program and console in one file: bin/breakwater
	$(GO) build -tags console -o bin/breakwater ./cmd/breakwater

web/node_modules/.installed: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund && touch node_modules/.installed

web/dist/.built: web/node_modules/.installed $(WEB)
	cd web && npm run build && touch dist/.built

test: tools lint build ## everything, on both databases and in the browser
	$(GO) build -o /dev/null ./cmd/breakwater
	$(GO) test -timeout 10m ./...
	$(GO) test -timeout 10m -race -short $(RACE)
	cd web && npm test && npm run e2e

prove: build ## the long proofs: kills, soaks
	BREAKWATER_PROVE=1 $(GO) test -timeout 60m -v -run 'Prove' ./...

lint: web/node_modules/.installed ## format, vet, types
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	cd web && npm run check

fmt: ## format all Go files
	gofmt -w $$(git ls-files '*.go')

bench: build ## the measured paths, each beside its peer
	./bin/breakwater bench acts && ./bin/breakwater bench lists && ./bin/breakwater bench visits && ./bin/breakwater bench checkin

screens: build ## pictures of the screens for the README and the guide
	cd web && npm run screens

tools: ## what the tests need from the system: PostgreSQL, Chromium, CJK fonts
	@sh deploy/tools.sh
