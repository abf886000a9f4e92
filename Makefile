# Two commands do everything: `make demo` and `make test`. The rest is for people who change the bot.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765

.PHONY: help demo test lint format check wheel lock eval learn bench load chaos clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.runtime ## the bot and a local workspace in your browser
	@$(BIN)/maturity-bot demo --port $(PORT) --data demo-data $(if $(SEED),--seed)

test: $(VENV)/.dev ## all tests
	@$(BIN)/pytest

lint: $(VENV)/.dev ## ruff and mypy
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy

format: $(VENV)/.dev ## let ruff format and mend
	@$(BIN)/ruff check --fix && $(BIN)/ruff format

check: $(VENV)/.runtime ## validate content and conversation files
	@$(BIN)/maturity-bot check

wheel: $(VENV)/.dev ## build the wheel into dist/
	@rm -rf dist && $(BIN)/uv build --wheel --no-build-isolation --python $(BIN)/python -q -o dist

eval: $(VENV)/.dev ## how well questions find their answers, against plain search
	@$(BIN)/python tests/evaluation/evaluate.py

learn: $(VENV)/.dev ## fit the question model anew after phrasings have changed
	@$(BIN)/python tests/evaluation/learn.py

ROUNDS ?= 5
bench: $(VENV)/.dev ## every subject of docs/performance.md against its reference, in one table
	@$(BIN)/python tests/benchmarks/run.py --rounds $(ROUNDS)

TURNS ?= 30
load: $(VENV)/.dev ## two hundred assessments at once, without and with latency and Slack's limits
	@$(BIN)/python tests/benchmarks/load.py --turns $(TURNS)

CHAOS_SECONDS ?= 120
CHAOS_TIMES ?= 1 3 8 20
chaos: $(VENV)/.dev ## kill the bot everywhere, with events repeated and out of order; count what is lost or doubled
	@$(BIN)/python tests/chaos/run.py --seconds $(CHAOS_SECONDS) --times $(CHAOS_TIMES)

lock: $(VENV)/.dev ## write the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --no-annotate -o requirements-dev.lock

clean: ## remove what was built and installed (the demo's data stays)
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the bot needs (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.runtime
