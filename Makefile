# Every target uses the project's own virtual environment; `make` alone checks everything.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: check run test report fingerprints lock bench

check: $(VENV)/done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/python -m quality.report
	$(BIN)/python -m quality.report --deck
	$(BIN)/python -m pytest

run: $(VENV)/done
	$(BIN)/python server.py

test: $(VENV)/done
	$(BIN)/python -m pytest

report: $(VENV)/done
	$(BIN)/python -m quality.report
	$(BIN)/python -m quality.report --deck

# Deals change when storylines do; this writes down what they are now.
fingerprints: $(VENV)/done
	PYTHONPATH=tests $(BIN)/python -m tests.test_deck

bench: $(VENV)/done
	$(BIN)/python -m benchmarks.steps
	$(BIN)/python -m benchmarks.deals
	$(BIN)/python -m benchmarks.http

# Exact versions with hashes, from the ranges in pyproject.toml.
lock: $(VENV)/done
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --extra dev --constraint requirements.txt \
	    --output-file tests/requirements.txt pyproject.toml

$(VENV)/done: tests/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement tests/requirements.txt
	touch $@
