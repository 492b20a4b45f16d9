# Everything runs from a virtual environment of the checkout; the first target that needs it makes it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test coverage lint types format docs pictures snapshots bench clean

demo: $(STAMP)  ## the main job on the Long Phú data; every output lands in ket-qua/
	$(BIN)/python cli.py demo -o ket-qua

test: $(STAMP)  ## the tests, on every core
	$(BIN)/python -m pytest -n auto --dist loadfile

coverage: $(STAMP)  ## the tests with branch coverage, which takes several times as long
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

lint: $(STAMP)  ## formatter, linter and the packs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python cli.py rules lint
	$(BIN)/python cli.py rules test

types: $(STAMP)  ## strict type check
	$(BIN)/mypy

format: $(STAMP)  ## put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(STAMP)  ## write the generated reference anew
	$(BIN)/python cli.py rules docs

snapshots: $(STAMP)  ## write the golden files anew; read the difference before committing
	$(BIN)/python -m pytest --snapshot-update

pictures: $(STAMP)  ## make the pictures of the guide anew; needs chromium, LibreOffice and poppler
	docs/make-pictures.sh

bench: $(STAMP)  ## every benchmark, ratios side by side
	$(BIN)/python benchmarks/run.py

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[pdf,bulk,dev]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) build dist ket-qua
