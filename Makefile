# Two commands on a fresh machine: `make report` and `make test`. Each sets up what is missing.
PYTHON ?= python3
REGION ?= laoling
TO ?= html,pdf
BIN := .venv/bin
READY := .venv/.ready

.PHONY: report test check lock clean

report: $(READY)
	$(BIN)/study render $(REGION) --to $(TO)

test: $(READY) check
	$(BIN)/study render $(REGION) --to html,pdf,docx
	OMP_NUM_THREADS=1 $(BIN)/pytest -q -n 2
	$(BIN)/pytest -q -p no:cacheprovider --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg notebooks

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/study check-text

# The virtual environment from the lock: with uv where it is or can be had, with plain pip otherwise.
$(READY): requirements.lock pyproject.toml
	@echo "setting up .venv from requirements.lock"
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || echo "no uv here: pip does it"
	if $(BIN)/python -m uv --version; then \
	  $(BIN)/python -m uv pip install --no-config --python $(BIN)/python --require-hashes -r requirements.lock; \
	  $(BIN)/python -m uv pip install --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
	fi
	touch $(READY)

lock:
	uv pip compile pyproject.toml --group dev --universal --fork-strategy fewest --python-version 3.11 --generate-hashes -o requirements.lock

clean:
	rm -rf .venv build output figures/*/
