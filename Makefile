# One short word for each daily task; `make help` lists them.  GNU make 3.81 or newer, a POSIX shell.
#
# `make` needs Python 3.11 or newer under the name `python3`; elsewhere: make PYTHON=/path/to/python3.12
# More for the command behind a target: make serve ARGS="--port 8001", make test ARGS="-k dates"

PYTHON ?= python3
LOCK_PYTHON ?= python3.11
ARGS ?=
SECONDS ?= 60
ROUNDS ?= 20

VENV_PYTHON = .venv/bin/python
PIP_INSTALL = $(VENV_PYTHON) -m pip --disable-pip-version-check -qq install --require-hashes
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" .cache/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
	--strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: site test fuzz fuzz-targets bench serve check links lint schemas lock clean help

site: .venv/for-site  ## build the site into public/
	@$(VENV_PYTHON) build.py build $(ARGS)

test: .venv/for-tests  ## run all tests, the style and type checks, and see that there is a browser for them
	@$(VENV_PYTHON) tests/install_browser.py
	@$(VENV_PYTHON) tests/install_nginx.py
	@$(VENV_PYTHON) -m ruff check --quiet .
	@$(VENV_PYTHON) -m mypy --no-error-summary
	@$(VENV_PYTHON) -m pytest -n auto $(ARGS)

fuzz: fuzz-targets .venv/for-tests  ## run the tests that make content up, again and again: make fuzz ROUNDS=20
	@for round in $$(seq $(ROUNDS)); do $(VENV_PYTHON) -m pytest -q -m "hypothesis and not browser" $(ARGS) || exit 1; done

fuzz-targets: .cache/fuzz/venv  ## run each target of tests/fuzz/ for a while: make fuzz-targets SECONDS=3600
	@.cache/fuzz/venv/bin/python tests/fuzz/run.py $(SECONDS)

bench: .venv/for-tests  ## measure builds and pages at several sizes, beside Hugo: make bench ARGS="--sizes 250,1000"
	@$(VENV_PYTHON) -m bench $(ARGS)

serve: .venv/for-site  ## build, serve on this machine, and build again whenever a file changes
	@$(VENV_PYTHON) build.py serve $(ARGS)

check: .venv/for-site  ## say what is wrong with the content, and write nothing
	@$(VENV_PYTHON) build.py check $(ARGS)

links: .venv/for-site  ## ask for the sources' addresses, and say which are dead
	@$(VENV_PYTHON) build.py links $(ARGS)

lint: .venv/for-tests  ## the style and type checks alone
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m mypy

schemas: .venv/for-site  ## write what editors read, schemas/ and .vscode/, anew from the fields
	@$(VENV_PYTHON) -m generator.commands.schemas

lock:  ## take the newest releases of all requirements into the lock files
	@$(LOCK_PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "The locks are made with Python 3.11, the oldest that we support and so the one that needs most: make lock LOCK_PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the lock files ..."
	@$(LOCK_PYTHON) -m venv --clear .cache/lock
	@.cache/lock/bin/python -m pip --disable-pip-version-check -qq install pip-tools
	@$(PIP_COMPILE) --output-file requirements.lock pyproject.toml
	@$(PIP_COMPILE) --output-file requirements-test.lock --constraint requirements.lock --extra test pyproject.toml
	@$(PIP_COMPILE) --output-file tests/fuzz/requirements.lock tests/fuzz/requirements.in

clean:  ## remove all that these commands made
	@rm -rf public .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1	\2/p' Makefile | expand -t 14

# What is installed is what the locks say.  The stamps are written last, so that what was broken off is done again.
.venv/for-site: requirements.lock
	@$(VENV_PYTHON) -m pip --version >/dev/null 2>&1 || { \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "This needs Python 3.11 or newer; $(PYTHON) --version says: $$($(PYTHON) --version 2>&1 | tail -n 1).  Install one and name it: make PYTHON=python3.12" >&2; exit 1; }; \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) lacks its venv module: install it (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }; \
	  echo "Making the virtual environment .venv ..."; \
	  $(PYTHON) -m venv --clear .venv; }
	@echo "Installing what the generator needs ..."
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/for-tests: requirements-test.lock .venv/for-site
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) -r requirements-test.lock
	@touch $@

# Atheris has releases for fewer Pythons than we support, and is wanted by nobody but the fuzz targets.
.cache/fuzz/venv: requirements.lock tests/fuzz/requirements.lock
	@echo "Installing what the fuzz targets need ..."
	@$(PYTHON) -m venv --clear $@
	@$@/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r requirements.lock -r tests/fuzz/requirements.lock
	@touch $@

# A virtual environment whose Python has gone, as an upgrade of the system may do, has stamps that say nothing.
ifneq ($(shell test -x $(VENV_PYTHON) && echo there),there)
.PHONY: .venv/for-site
endif
