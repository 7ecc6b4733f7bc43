# The everyday commands; `make` alone lists them. Needs make, a shell and Python 3.11 or newer.

# A tree of hundreds of modules is compiled once, not anew by every process that a test starts.
unexport PYTHONDONTWRITEBYTECODE

# Branch coverage below this fails `make test`. It only ever rises.
COVERAGE_FLOOR := 95
WORKERS := 2
SDL := schema/schema.graphql
LOCK := requirements.txt
LOCK_DEV := requirements-dev.txt

PYTHON ?= $(firstword $(shell for name in python3.11 python3.12 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name; done; true))
BIN := .venv/bin
STAMP := .venv/installed
STAMP_DEV := .venv/installed-dev
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long quick bench faults lint format sdl migration lock env clean

help: ## this list
	@echo "make <goal>, where the goal is one of:"
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1 - \2/p' Makefile
	@echo "Everything installs into .venv and keeps its data in .data, both in this folder."
	@echo "python -m portal --help (with .venv/bin/python) lists the commands of the portal itself."

setup: $(STAMP_DEV) ## make .venv and install the lock files (the other goals do it by themselves)
	@echo "Everything is installed in .venv."

run: $(STAMP) ## start everything on http://127.0.0.1:8000 until Ctrl-C (PORT=8001 changes the port)
	@exec $(BIN)/python -m portal run

test: lint ## all checks and all tests with real servers and coverage, under ten minutes
	@echo "Running all tests (PostgreSQL and Redis are started for them)."
	@$(PYTEST) -m "not long" --cov --cov-branch --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE_FLOOR)

test-long: $(STAMP_DEV) ## an hour of storms, generated operations and small changes of the plan
	@echo "Running the long storms, 20,000 generated operations, and mutants of the read plan."
	@$(BIN)/python -m pytest -m long

quick: lint ## all checks and the tests that are not slow, under two minutes
	@echo "Running the quick tests."
	@$(PYTEST) -q -m "not slow and not long and not browser"

bench: $(STAMP) ## speed beside other servers, under ten minutes (docs/benchmarks.md; QUICK=1 tries it out)
	@$(BIN)/python -m bench $(if $(QUICK),--quick)

faults: $(STAMP_DEV) ## kills, floods and abuses a whole portal (docs/faults.md; QUICK=1 tries it out, SEED=7)
	@$(BIN)/python -m faults $(if $(QUICK),--quick) $(if $(SEED),--seed $(SEED))

lint: $(STAMP_DEV) ## style, types and the arrows between the rooms
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make format puts that right."; exit 1; }
	@$(BIN)/mypy --no-error-summary .
	@$(BIN)/lint-imports >.venv/lint-imports.log 2>&1 || { cat .venv/lint-imports.log; exit 1; }
	@echo "Style, types and arrows are in order."

format: $(STAMP_DEV) ## put the layout of the code right
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

sdl: $(STAMP) ## write the GraphQL schema to its committed file
	@$(BIN)/python -m portal sdl > $(SDL).new || { rm -f $(SDL).new; exit 1; }
	@mv $(SDL).new $(SDL)
	@echo "Wrote $(SDL)."

migration: $(STAMP_DEV) ## write a migration for changed models: make migration NAME=what_changes
	@test -n "$(NAME)" || { echo "Name it, for example: make migration NAME=order_title" >&2; exit 1; }
	@PYTHONPATH=. $(BIN)/tortoise -c models.migrate.OFFLINE makemigrations -n "$(NAME)"
	@$(BIN)/python -m tests.tools.baseline

lock: ## resolve requirements*.in anew and write the lock files
	@$(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/pip install --quiet --disable-pip-version-check pip-tools==7.6.2
	@for name in requirements requirements-dev; do \
		echo "Resolving $$name.in."; \
		.venv/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
			--allow-unsafe --no-header --no-annotate --no-emit-index-url \
			--no-emit-find-links --no-emit-trusted-host -o $$name.txt $$name.in || exit 1; \
	done

env: ## write .env with fresh passwords for docker compose
	@$(PYTHON) portal/compose_env.py

clean: ## remove .venv and caches (the data in .data stay)
	@rm -rf .venv .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*

# Runs a command and prints a dot every two seconds until it ends; keeps its exit code. The dots
# end with the shell, whatever ends that.
define dotted
{ while sleep 2 >/dev/null 2>&1 && kill -0 $$$$ 2>/dev/null; do printf .; done & } ; dots=$$!; \
	$(1); code=$$?; kill $$dots 2>/dev/null; wait $$dots 2>/dev/null; echo; (exit $$code)
endef
pip = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

# Made once, refreshed when a lock file changes, made anew when its Python is gone.
$(STAMP): $(LOCK)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found: install it, or name it, for example: make PYTHON=/opt/python/bin/python3" >&2; exit 1; }
	@$(BIN)/python -c "" 2>/dev/null || { echo "Making .venv with $$($(PYTHON) --version)."; \
		rm -rf .venv; $(call dotted,$(PYTHON) -m venv .venv) || { rm -rf .venv; \
		echo "Python's venv module is incomplete: install it (Debian: python3-venv)" >&2; exit 1; }; }
	@echo "Installing the packages of $(LOCK) into .venv (about a minute the first time)."
	@$(call dotted,$(pip) -r $(LOCK))
	@touch $(STAMP)

# What only tests and checks need, on top.
$(STAMP_DEV): $(STAMP) $(LOCK_DEV)
	@echo "Installing the packages of $(LOCK_DEV) into .venv (about a minute the first time)."
	@$(call dotted,$(pip) -r $(LOCK) -r $(LOCK_DEV))
	@touch $(STAMP_DEV)
