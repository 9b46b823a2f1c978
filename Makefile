# The front door. Needs Python 3.11 or later and make; uses uv where it is installed.

PYTHONS := python3.13 python3.12 python3.11 python3 python
# The first that runs and is new enough (a version manager's shim may exist and not run).
PYTHON ?= $(shell for p in $(PYTHONS); do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
READY := .venv/.stamp

PLACE ?= scenarios/jiayu
YEARS ?= 20
JOBS ?= 2
LABEL ?= trial
MUTANTS ?= 5000

.PHONY: help demo report track test check fast fuzz bench peers cost golden docs format lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 10

demo: $(READY)  ## compare one place before and after, and leave a report
	@mkdir -p reports/runs
	$(BIN)/jianfu compare $(PLACE) -n $(YEARS) -o reports/runs/demo.html
	@echo "The report: $(CURDIR)/reports/runs/demo.html"

report: $(READY)  ## rebuild the committed gallery and verdicts in reports/
	$(BIN)/jianfu gallery -n 6
	$(BIN)/jianfu scoreboard -n 20 -o reports/scoreboard.json

track: $(READY)  ## forecast the published outcomes with the model as it is now, under LABEL
	$(BIN)/python -m tools.track_forecasts $(LABEL)

test: check  ## every check and every test
	$(BIN)/pytest -n $(JOBS) --dist worksteal

check: $(READY)  ## lint, format, types, one-way imports, plain words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/plain_words.py

fast: $(READY)  ## units, cases and 100 random plans in a minute; no simulated county-years
	JIANFU_RANDOM_PLANS=100 $(BIN)/pytest -q -x -n $(JOBS) --dist loadfile -m "not slow and not golden" tests/unit

fuzz: $(READY)  ## read thousands of faulty scenario files; none may be a fault of the program
	$(BIN)/python -m tests.fuzz 0 $(MUTANTS)

bench: $(READY)  ## count the work, take the time in turns, and hold it against the goals
	$(BIN)/pytest -q tests/benchmarks --override-ini addopts="--strict-markers --strict-config" -m benchmark
	$(BIN)/python -m tests.benchmarks.gates

peers: $(READY)  ## install the libraries that `make bench` compares with
ifneq ($(UV),)
	$(UV) pip install --quiet --python $(BIN)/python --requirement requirements.bench.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.bench.lock
endif

cost: $(READY)  ## measure everything anew, and write docs/performance.md
	$(BIN)/python -m tests.benchmarks.gates --json tests/benchmarks/measured/gates.json
	$(BIN)/python -m tests.benchmarks.cost tests/benchmarks/measured/cost.json
	$(BIN)/python -m tests.benchmarks.page

golden: $(READY)  ## rewrite the expected results; each change is listed in CHANGELOG.md
	JIANFU_GOLDEN=write $(BIN)/pytest -m golden

docs: $(READY)  ## write the pages, tables and pictures that come from the code
	$(BIN)/jianfu schema --markdown -o docs/reference.md
	$(BIN)/jianfu schema -o scenarios/scenario.schema.json
	JIANFU_GOLDEN=write $(BIN)/pytest -q tests/unit/test_docs.py -k tables
	$(BIN)/python -m tools.draw_house

format: $(READY)  ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## choose versions again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --fork-strategy fewest \
		--upgrade --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --output-file requirements.lock
	uv pip compile pyproject.toml --group bench --constraints requirements.lock --universal --python-version 3.11 \
		--fork-strategy fewest --upgrade --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --output-file requirements.bench.lock

clean:  ## remove what was made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks build dist
	rm -rf reports/runs
	find sim tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements.lock
ifneq ($(UV),)
	$(UV) venv --quiet --allow-existing --python ">=3.11" .venv
	$(UV) pip sync --quiet --python $(BIN)/python requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	@test -n "$(PYTHON)" || { echo "jianfu needs Python 3.11 or later; none of these runs: $(PYTHONS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@
