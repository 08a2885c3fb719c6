# The README's two commands are `make run` and `make test`; `make` alone lists the rest.
# Each sets up .venv itself and is quick when it is up to date.

# The first Python on the path that is new enough; PYTHON=... names another. set_up.py explains when there is none.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
SET_UP = $(or $(PYTHON),python3) tools/set_up.py
PY := .venv/bin/python
PORT ?= 8501
PHONES_PORT ?= 8502
# Open to the local network, unlike the page itself; nobody uploads anything to it.
PHONES = $(PY) -m streamlit run assistant/ui/scripts/phones.py --server.address 0.0.0.0 --server.port $(PHONES_PORT) --server.maxUploadSize 1
CODE := app.py assistant ingest evals tools tests

.DEFAULT_GOAL := help
.PHONY: help run workshop phones test check style types walls evals bench lock clean set-up set-up-dev

help:  ## Show this list
	@echo 'make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

run: set-up  ## Set up, index the corpus and serve the chat page on http://127.0.0.1:8501 (PORT=... for another)
	@$(PY) -m ingest || echo 'Not every document could be indexed (see above); serving with the others.'
	@$(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) || \
		{ echo 'The page stopped with an error. If its port is taken, choose another: make run PORT=8502'; exit 1; }

workshop: set-up  ## Like run, and beside it the phones' page of workshops on the local network (PHONES_PORT=8502)
	@$(PY) -m ingest || echo 'Not every document could be indexed (see above); serving with the others.'
	@$(PHONES) & phones=$$!; trap 'kill $$phones' EXIT; trap 'exit 0' INT TERM; \
		$(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

phones: set-up  ## The phones' page of workshops alone, which shows a workshop to take part in and nothing else
	@$(PHONES)

test: set-up-dev  ## Set up and run the tests (ARGS='-k provisions' for some of them)
	@$(PY) -m pytest $(ARGS)

# TESTED=1 says that the tests have just run on this very tree, so they need not run again.
check: style types walls $(if $(TESTED),,test)  ## ruff, mypy --strict, import walls and the tests

style: set-up-dev
	@$(PY) -m ruff check $(CODE)
	@$(PY) -m ruff format --check $(CODE)

types: set-up-dev
	@$(PY) -m mypy $(CODE)

walls: set-up-dev
	@.venv/bin/lint-imports

# Developed on, and never looked at while developing.
KNOWN := $(patsubst %,--cases %,evals/cases/core.jsonl $(sort $(wildcard evals/cases/roles-*.jsonl evals/cases/spent-*.jsonl evals/cases/trial-*.jsonl)))
BLIND := $(patsubst %,--cases %,$(sort $(wildcard evals/cases/blind*.jsonl)))

evals: set-up-dev  ## Ask the known answers and hold the figures against evals/thresholds.toml
	@$(PY) -m evals run $(KNOWN)
	@$(PY) -m evals run $(BLIND) --thresholds evals/thresholds-blind.toml --out evals/out/blind

bench: set-up-dev  ## Measure speed, size and growth
	@$(PY) -m evals bench --scales 1,10,100

lock:  ## Resolve pyproject.toml anew into the two lock files
	@$(or $(PYTHON),python3) tools/lock.py

clean:  ## Remove .venv, the index, reports and caches
	rm -rf .venv var evals/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@$(SET_UP) requirements.lock

set-up-dev:
	@$(SET_UP) requirements-dev.lock
