# Epione: `make` alone lists the targets.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help build product lint test test-slow demo up down clean status logs doctor anchor-up anchor-deploy anchor-status

# What the network runs and the demo plays; `build` checks the tests, too.
PRODUCT := crypto chaincode gateway anchor client

# Written by npm at the end of an install: older than the lockfile means that the lockfile has changed since.
INSTALLED := node_modules/.package-lock.json

$(INSTALLED): package-lock.json
	@command -v npm > /dev/null || { echo "error: npm is missing: install Node.js 20 or newer (the project then brings its own Node 24)" >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

# tap is made of plugins: an install brings its usual ones, and .taprc asks for others. The first run would still take the usual ones.
TAP_BUILT := .cache/tap.built

$(TAP_BUILT): .taprc $(INSTALLED)
	tap build
	@mkdir -p $(@D) && touch $@

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: | $(INSTALLED) ## Compile all workspaces and check the types of all else
	npm run --silent build

product: | $(INSTALLED)
	@tsc --build $(PRODUCT)

lint: | $(INSTALLED) ## Check style, types and import directions
	npm run --silent lint

test: build $(TAP_BUILT) ## Run unit and integration tests (on a real network of their own)
	node test/run.ts

test-slow: build $(TAP_BUILT) ## Run the tests with their full counts
	SLOW=1 node test/run.ts

demo: up ## Play the story on a real file; RECORD=path for one of your own
	node test/demo/demo.ts

up: product ## Bring the network up: CAs, orderers, peers, channel, chaincode, gateways, anchoring
	@node network/up.ts

down: | $(INSTALLED) ## End all processes of the network; its state stays
	@node network/down.ts

clean: | $(INSTALLED) ## End all processes and remove ledger, identities and all other state
	@node network/clean.ts

status: | $(INSTALLED) ## Show each process, its health, block height and certificate (ARGS=--json)
	@node network/status.ts $(ARGS)

logs: | $(INSTALLED) ## Show the logs, or that of one process (ARGS="peer0.core --follow")
	@node network/logs.ts $(ARGS)

doctor: | $(INSTALLED) ## Look for what keeps the network from running
	@node network/doctor.ts

anchor-up: product ## Start EVM node and anchor services of a network that is up; `up` does it, too
	@node network/anchor-up.ts

anchor-deploy: product ## Deploy the Anchor contract, unless it is there, and print where it is
	@node network/anchor-deploy.ts

anchor-status: | $(INSTALLED) ## Show head, lag, balance and cost of anchoring (ARGS=--json)
	@node network/anchor-status.ts $(ARGS)
