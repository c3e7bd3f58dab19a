# budgetkg: `make serve` and `make test` set everything up, in this folder only (.venv/, build/,
# node_modules/, api/static/vendor/).

.DEFAULT_GOAL := help
.PHONY: help install serve build test lint docs bench model harvesters clean
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
BUDGETKG := $(VENV)/bin/budgetkg
INSTALLED := $(VENV)/installed
VENDOR := api/static/vendor
YASGUI := node_modules/@zazuko/yasgui/build/yasgui.min
TRAIN_VENV := .venv-train
TRAINING := $(TRAIN_VENV)/installed
HARVESTERS := .venv-harvesters/installed
DATA := ../shared/embedding
BUILD := $(or $(BUDGETKG_BUILD),build)
SOURCES := $(or $(BUDGETKG_SOURCES),data)

# Once set up, nothing is fetched. `HF_HUB_OFFLINE=0 make serve` lets a model of the hub
# (BUDGETKG_MODEL) be downloaded.
export HF_HUB_OFFLINE ?= 1
export TRANSFORMERS_OFFLINE ?= $(HF_HUB_OFFLINE)

# A build follows from the sources (also from one that was removed: its folder is newer then) and
# from the code that reads, writes and indexes them.
NEWER = find "$(SOURCES)" -newer "$(BUILD)/manifest.json"; \
	find kg search ontology -type f -newer "$(BUILD)/manifest.json" ! -path '*/__pycache__/*'

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

install: $(INSTALLED) $(VENDOR)/LICENSES.txt ## Set up .venv/ and what /sparql shows, all that budgetkg needs

serve: build ## Build if needed, then serve on http://localhost:8080/ (BUDGETKG_PORT, BUDGETKG_HOST)
	$(BUDGETKG) serve

# A source that cannot be read is reported and costs nothing else: what could be built stands.
build: install ## Build from data/ where the build is absent or older than sources or code
	@if [ -e "$(BUILD)/manifest.json" ] && [ -z "$$($(NEWER))" ]; then \
		echo "$(BUILD)/ is up to date"; \
	else \
		$(BUDGETKG) build || [ -e "$(BUILD)/manifest.json" ]; \
	fi

test: install ## Run every test
	$(PYTHON) -m pytest

lint: $(INSTALLED) ## Check style, formatting, types and import contracts
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

docs: $(INSTALLED) ## Write the files that follow from code and vocabulary
	$(PYTHON) -m ontology.generate
	$(PYTHON) docs/generate.py

bench: $(INSTALLED) ## Measure on this machine and write docs/benchmarks.md
	$(PYTHON) -m bench

# In an environment of its own: what trains the model is not part of budgetkg.
model: $(TRAINING) ## Make search/model from raw data: make model DATA=../shared/embedding
	$(TRAIN_VENV)/bin/python -m search.train "$(DATA)" --cache $(TRAIN_VENV)/cache

# In an environment of its own: CKAN is AGPL, and no part of budgetkg.
harvesters: $(HARVESTERS) ## Install what harvests the catalogue in the tests (CKAN's reader)

clean: ## Remove what was built and installed here
	rm -rf $(VENV) $(TRAIN_VENV) .venv-servers .venv-harvesters .venv-clients node_modules tests/clients/node_modules $(VENDOR)
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(INSTALLED): EXTRA := dev
$(TRAINING): EXTRA := train

# torch is asked for alone and exactly: any other request pulls several GB of GPU packages.
$(INSTALLED) $(TRAINING): pyproject.toml constraints.txt
	@$(find_python); "$$python" -m venv $(@D) || { \
		echo "python3 -m venv failed: on Debian and Ubuntu, install the package python3-venv" >&2; \
		exit 1; }
	$(@D)/bin/python -m pip install --quiet -c constraints.txt torch==2.13.0
	$(@D)/bin/python -m pip install --quiet -c constraints.txt -e '.[$(EXTRA)]'
	@touch $@

$(HARVESTERS): tests/harvesters/requirements.txt
	@$(find_python); "$$python" -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --no-deps -r $<
	$(@D)/bin/python -c "import ckanext.dcat.processors, usp.tree"
	@touch $@

# Without npm or a registry of its packages, /sparql is a plain editor; the next call tries again.
$(VENDOR)/LICENSES.txt: package.json package-lock.json
	@if ! command -v npm >/dev/null; then echo "no npm: /sparql gets its plain editor"; \
	elif ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then \
		echo "npm ci failed: /sparql gets its plain editor" >&2; \
	else $(vendor); fi

# The licences come last: where they stand, everything does.
define vendor
rm -rf $(VENDOR) && mkdir -p $(VENDOR) \
&& sed '/^\/\/# sourceMappingURL=/d' $(YASGUI).js >$(VENDOR)/yasgui.min.js \
&& cp $(YASGUI).css node_modules/echarts/dist/echarts.common.min.js $(VENDOR) \
&& for package in node_modules/*/package.json node_modules/@*/*/package.json; do \
	folder=$${package%/package.json}; \
	printf '\n===== %s\n' "$${folder#node_modules/}"; \
	grep -E '^  "(version|license|homepage)":' "$$package"; \
	cat "$$folder"/[Ll][Ii][Cc][Ee][Nn]* "$$folder"/NOTICE* 2>/dev/null || true; \
done >$(VENDOR)/licences && mv $(VENDOR)/licences $(VENDOR)/LICENSES.txt
endef

define find_python
python=; for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		python=$$name; break; fi; done; \
if [ -z "$$python" ]; then \
	echo "budgetkg needs Python 3.11 or newer, and none is on the PATH: install python3.11" >&2; \
	exit 1; fi
endef
