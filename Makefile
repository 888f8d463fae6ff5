# Every target uses the project's own virtual environment; `make` alone checks everything.
PYTHON ?= python3
VENV ?= .venv
NATIVE_VENV ?= email_triage_env/.venv
REVIEW_VENV ?= python_env/.venv
BIN := $(VENV)/bin

.PHONY: check run test report mail readme gallery lock bench native native-test validate \
    review review-test review-report

check: $(VENV)/done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/python -m pytest

run: $(VENV)/done
	$(BIN)/python server.py

test: $(VENV)/done
	$(BIN)/python -m pytest

report: $(VENV)/done
	$(BIN)/python -m quality.report
	$(BIN)/python -m quality.report --deck

# After a mail was added or changed; what it leaves to a person it lists.
mail: $(VENV)/done
	$(BIN)/python -m quality.mail

# Measures every table between marks in the pages of quality/tables.py, and writes it there.
readme: $(VENV)/done
	$(BIN)/python -m quality.tables

gallery: $(VENV)/done
	$(BIN)/python -m quality.gallery

bench: $(VENV)/done
	$(BIN)/python -m benchmarks.steps
	$(BIN)/python -m benchmarks.deals
	$(BIN)/python -m benchmarks.resets
	$(BIN)/python -m benchmarks.http

# Exact versions with hashes, for every system and every Python from 3.11 on, and from them the bills
# of materials of both images. The first four come from the ranges in pyproject.toml.
LOCKS := requirements.txt tests/requirements.txt email_triage_env/server/requirements.txt \
    tests/native/requirements.txt tools/requirements.txt training/requirements.txt \
    adapters/requirements-verifiers.txt adapters/requirements-inspect.txt python_env/requirements.txt \
    python_env/server/requirements.txt python_env/quality/requirements-linters.txt
COMPILE := uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-strip-extras \
    --universal --python-version 3.11
# What torch's build with CUDA brings; training/requirements-torch.txt tells why no lock names it.
CUDA := cuda-bindings cuda-toolkit nvidia-cudnn-cu13 nvidia-cusparselt-cu13 nvidia-nccl-cu13 \
    nvidia-nvshmem-cu13 triton
lock: $(VENV)/done
	$(BIN)/$(COMPILE) --group root --output-file requirements.txt
	$(BIN)/$(COMPILE) --group dev --constraint requirements.txt --output-file tests/requirements.txt
	$(BIN)/$(COMPILE) --group server --output-file email_triage_env/server/requirements.txt
	$(BIN)/$(COMPILE) --group native --constraint email_triage_env/server/requirements.txt \
	    --output-file tests/native/requirements.txt
	$(BIN)/$(COMPILE) --constraint email_triage_env/server/requirements.txt \
	    --output-file tools/requirements.txt tools/requirements.in
	printf '%s\n' $(CUDA) | $(BIN)/$(COMPILE) --fork-strategy fewest --excludes - \
	    --no-emit-package torch --constraint tests/native/requirements.txt --header \
	    --custom-compile-command 'make lock (training/requirements-torch.txt comes first)' \
	    --output-file training/requirements.txt training/requirements.in
	$(BIN)/$(COMPILE) --output-file adapters/requirements-verifiers.txt adapters/requirements-verifiers.in
	$(BIN)/$(COMPILE) --output-file adapters/requirements-inspect.txt adapters/requirements-inspect.in
	$(BIN)/$(COMPILE) --output-file python_env/quality/requirements-linters.txt \
	    python_env/quality/requirements-linters.in
	cd python_env && ../$(BIN)/$(COMPILE) --group server --output-file server/requirements.txt && \
	    ../$(BIN)/$(COMPILE) --group all --constraint server/requirements.txt \
	    --output-file requirements.txt && ../$(BIN)/uv lock
	$(BIN)/python -m tools.locking.pins $(LOCKS)
	$(BIN)/uv lock
	$(BIN)/$(COMPILE) --no-universal --python-platform linux --no-deps \
	    email_triage_env/server/requirements.txt | $(BIN)/uvx --from cyclonedx-bom==7.5.0 cyclonedx-py \
	    requirements - --pyproject pyproject.toml --output-reproducible \
	    --output-file email_triage_env/server/sbom.json
	cd python_env && ../$(BIN)/$(COMPILE) --no-universal --python-platform linux --no-deps \
	    server/requirements.txt | ../$(BIN)/uvx --from cyclonedx-bom==7.5.0 cyclonedx-py \
	    requirements - --pyproject pyproject.toml --output-reproducible \
	    --output-file server/sbom.json

# The native server has an environment of its own; see pyproject.toml.
native: $(NATIVE_VENV)/done
	$(NATIVE_VENV)/bin/python -m email_triage_env.server.app

native-test: $(NATIVE_VENV)/done
	$(NATIVE_VENV)/bin/python -m pytest tests/native

validate: $(NATIVE_VENV)/done
	$(NATIVE_VENV)/bin/python -m tools.validate email

# The code-review environment has one of its own, too; it is complete in its folder.
review: $(REVIEW_VENV)/done
	cd python_env && .venv/bin/python -m server.app

review-test: $(REVIEW_VENV)/done
	cd python_env && .venv/bin/python -m pytest tests -q

review-report: $(REVIEW_VENV)/done
	$(REVIEW_VENV)/bin/python -m tools.check python --report

$(REVIEW_VENV)/done: python_env/requirements.txt
	$(PYTHON) -m venv $(REVIEW_VENV)
	$(REVIEW_VENV)/bin/pip install --quiet --requirement $<
	touch $@

$(VENV)/done: tests/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement tests/requirements.txt
	touch $@

$(NATIVE_VENV)/done: tests/native/requirements.txt
	$(PYTHON) -m venv $(NATIVE_VENV)
	$(NATIVE_VENV)/bin/pip install --quiet --requirement $<
	touch $@
