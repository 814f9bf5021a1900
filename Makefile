# Epione: `make` alone lists the targets.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
# Verbs are compiled once, not at each start.
export NODE_COMPILE_CACHE := $(CURDIR)/.cache/node

.DEFAULT_GOAL := help
.PHONY: help folder build product schemathesis lint test test-slow coverage demo portal up chaincode-upgrade org-export org-import found down clean status logs doctor anchor-up anchor-deploy anchor-status certs certs-renew certs-revoke staff-revoke

# What the network runs and the demo plays; `build` checks the tests, too.
PRODUCT := host crypto protocol ledger chaincode gateway identity anchor signals sdk cli

# Written at the end of an install: older than the lockfile means that the lockfile may have changed since.
INSTALLED := node_modules/.package-lock.json

$(INSTALLED): package-lock.json
	@network/install.sh

# Names that Node, the compiler or Fabric's programs cannot take are refused before any of them fails on one.
folder:
	@network/check-folder.sh

# What only looks or stops needs nothing installed or built, and must work while the package registry is away.
VERB := @network/verb.sh

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: | folder $(INSTALLED) ## Compile all workspaces and check the types of all else
	npm run --silent build

product: | folder $(INSTALLED)
	@echo compiling; npm run --silent tsc -- $(PRODUCT) && npm run --silent bundle

lint: | $(INSTALLED) ## Check style, types and import directions
	npm run --silent lint

# Python's part of the tests: its venv lies under .cache, pinned with hashes; the script says what lacks.
schemathesis:
	@test/schemathesis/install.sh > /dev/null

test: build schemathesis ## Run unit and integration tests (on a real network of their own)
	node test/run.ts

test-slow: build schemathesis ## Run the tests with their full counts
	SLOW=1 node test/run.ts

coverage: build ## Run the unit tests and print which part of the sources' lines they ran (ONLY=part of a file name)
	node test/coverage.ts $(ONLY)

demo: up ## Play the story on a real file; RECORD=path for one of your own
	node test/demo/demo.ts

portal: product ## Serve the pages of the running network to your browser, and say as whom you come in (Ctrl-C ends)
	@npm run --silent pages
	@node test/demo/portal.ts

up: product ## Bring the network up: CAs, orderers, peers, channel, chaincode, gateways, identity providers, anchoring (WATCH=1: Prometheus, too)
	@node network/verbs/up.ts

chaincode-upgrade: product ## Have all organisations approve the chaincode that is compiled here, and exchange chaincode and gateways one by one
	@node network/verbs/up.ts --upgrade

down: ## End all processes of the network; its state stays
	$(VERB) down

clean: ## End all processes and remove ledger, identities and all other state
	$(VERB) clean

status: ## Show each process, its health, block height and certificate (ARGS=--json)
	$(VERB) status $(ARGS)

logs: ## Show the logs, or that of one process (ARGS="peer0.core --follow")
	$(VERB) logs $(ARGS)

doctor: ## Look for what keeps the network from running
	$(VERB) doctor

org-export: product ## Make the keys and the public bundle of one organisation, EPIONE_ORGANIZATION (ARGS="--to FILE")
	@node network/verbs/org-export.ts $(ARGS)

org-import: ## Keep the bundle of another member (ARGS="FILE --fingerprint DIGITS")
	$(VERB) org-import $(ARGS)

found: product ## Found a network with members on machines of their own (ARGS="propose|sign|assemble|accept ...")
	@node network/verbs/found.ts $(ARGS)

anchor-up: product ## Start EVM node and anchor services of a network that is up; `up` does it, too
	@node network/verbs/anchor-up.ts

anchor-deploy: product ## Deploy the Anchor contract, unless it is there, and print where it is
	@node network/verbs/anchor-deploy.ts

anchor-status: ## Show head, lag, balance and cost of anchoring (ARGS=--json)
	$(VERB) anchor-status $(ARGS)

certs: ## Show every certificate with the days that are left (ARGS="--json"; ends with 3 when one is due, 4 when one is over)
	$(VERB) certs $(ARGS)

certs-renew: | $(INSTALLED) ## Renew the certificates that are due, one process at a time (ARGS=--dry-run prints the plan)
	@node network/verbs/certs-renew.ts $(ARGS)

certs-revoke: | $(INSTALLED) ## End the former certificates of a gateway, node or admin (ARGS="--org ID --name NAME")
	@node network/verbs/certs-revoke.ts $(ARGS)

staff-revoke: | $(INSTALLED) ## End a member of the staff who leaves: token, keys and certificates (ARGS="--org ID --subject NAME")
	@node network/verbs/staff-revoke.ts $(ARGS)
