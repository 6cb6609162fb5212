# `make` alone lists what can be done here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVED := tests/platform tests/directory tests/access tests/browser tests/demo/test_loading.py
WORKERS ?= auto
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench screenshots openapi watch lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kithkin needs Python 3.11 or newer: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python cannot make virtual environments: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## serve the product with a simulated company in it; says where, and how to log in
	@$(BIN)/kithkin demo demo-company --serve --port $(PORT)

test: $(READY)  ## run everything this machine can, on SQLite and on PostgreSQL; name what it cannot
	$(BIN)/python -m pytest -n $(WORKERS)
	$(BIN)/python -m tests.with_postgres $(BIN)/python -m pytest -n $(WORKERS) $(SERVED)

lint: $(READY)  ## style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## speed as ratios, and the long run of the weak link's error rates
	$(BIN)/python -m bench

screenshots: $(READY)  ## draw the README's pictures anew
	$(BIN)/python docs/screenshots.py

openapi: $(READY)  ## write the description of the API anew
	$(BIN)/python -m tests.platform.api.published

watch: $(READY)  ## rerun the tests that fail whenever a file changes
	$(BIN)/watchfiles --filter python '$(BIN)/python -m pytest -x --failed-first -q' src tests

lock:  ## pin the dependencies anew, with hashes and no registry address
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet --custom-compile-command "make lock" -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet --custom-compile-command "make lock" -o requirements-dev.lock

clean:  ## remove the environment and everything that was made
	rm -rf $(VENV) demo-company dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
