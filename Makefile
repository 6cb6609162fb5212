# `make` alone lists what can be done here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
DEVELOPED := $(VENV)/.developed
LOCALE := src/kithkin/locale
SERVED := tests/platform tests/directory tests/access tests/surveys tests/servicedesk tests/insights tests/browser/test_newcomer.py tests/browser/test_notifications.py tests/demo/test_loading.py tests/cli/backup
ELSEWHERE := --ignore=tests/platform/test_german.py --ignore=tests/insights/engines --ignore=tests/insights/attack  # the same on any database
WORKERS ?= auto
PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE  # each process that a test starts would compile every module anew

.DEFAULT_GOAL := help
.PHONY: help install demo test messages lint bench screenshots openapi watch lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kithkin needs Python 3.11 or newer: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python cannot make virtual environments: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): $(INSTALLED) $(wildcard $(LOCALE)/*/LC_MESSAGES/*.po)
	$(BIN)/pybabel --quiet compile --domain django --directory $(LOCALE)
	@touch $@

$(DEVELOPED): $(READY) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(DEVELOPED)  ## set everything up in .venv

demo: $(READY)  ## serve the product with a simulated company in it; says where, and how to log in
	@$(BIN)/kithkin demo demo-company --serve --port $(PORT)

test: $(DEVELOPED)  ## run everything this machine can, on SQLite and on PostgreSQL; name what it cannot
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
	$(BIN)/python -m tests.with_postgres $(BIN)/python -m pytest -n $(WORKERS) $(SERVED) $(ELSEWHERE)

messages: $(DEVELOPED)  ## gather what pages say for the translators (needs gettext: apt-get install gettext)
	@home=$$(mktemp -d); cd src/kithkin && KITHKIN_HOME=$$home DJANGO_SETTINGS_MODULE=kithkin.config.settings $(CURDIR)/$(BIN)/python -P -m django makemessages --all --no-location --no-obsolete --no-wrap --ignore "cli/*"; code=$$?; rm -rf $$home; exit $$code
	@sed -i "/^\"POT-Creation-Date/d" $(LOCALE)/*/LC_MESSAGES/django.po

lint: $(DEVELOPED)  ## style, types, the order of the rooms, and that migrations follow the models
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@home=$$(mktemp -d); KITHKIN_HOME=$$home DJANGO_SETTINGS_MODULE=kithkin.config.settings $(BIN)/python -m django makemigrations --check --dry-run; code=$$?; rm -rf $$home; exit $$code

bench: $(DEVELOPED)  ## speed as ratios, and the long run of the weak link's error rates
	$(BIN)/python -m bench

screenshots: $(DEVELOPED)  ## draw the README's pictures anew
	$(BIN)/python docs/screenshots.py

openapi: $(DEVELOPED)  ## write the description of the API anew
	$(BIN)/python -m tests.platform.api.published

watch: $(DEVELOPED)  ## rerun the tests that fail whenever a file changes
	$(BIN)/watchfiles --filter python '$(BIN)/python -m pytest -x --failed-first -q' src tests

lock:  ## pin the dependencies anew, with hashes and no registry address
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet --custom-compile-command "make lock" -o requirements-dev.lock

clean:  ## remove the environment and everything that was made
	rm -rf $(VENV) demo-company dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
