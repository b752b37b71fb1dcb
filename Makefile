# Zhibiao: every task of the project. `make` alone lists them.
PYTHON   ?= python3.11
VENV     ?= .venv
REPORTS  ?= seeds/reports
WAREHOUSE ?= warehouse/zhibiao.duckdb
N        ?= 50
SIZES    ?= 100,1000,10000,100000
SEED     ?=
PYTEST   ?=
MATERIAL ?= ../shared
FRESH    ?=

# Slow tests that may run beside each other; the others want the machine for themselves.
BESIDE := $(addprefix tests/pipeline/test_,$(addsuffix .py,asset_versions corrected_loads guides \
	load_changes notebook renewed))
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
# Beside the warehouse that people read: to look at a folder must not replace it.
SAMPLE := warehouse/sample.duckdb
SUPERSET := .superset
SCORES := warehouse/scores

.DEFAULT_GOAL := help
.PHONY: help setup compile warehouse test test-all test-slow fuzz faults lint types explore superset superset-test dev sample accuracy calibrate first-run bench scale dictionary lineage notebook pictures settings lock

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  settings: REPORTS=dir WAREHOUSE=file N=rows SEED=n PYTHON=python3.11 VENV=.venv"

setup: $(READY) ## create the environment with the locked versions

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "compiling the parser: once, less than a minute"
	@$(BIN)/python -m pipelines.compile > $(VENV)/compile.log 2>&1; tail -n 1 $(VENV)/compile.log
	@touch $@

compile: setup ## compile the parser anew; after an edit it runs interpreted until then
	@$(BIN)/python -m pipelines.compile

warehouse: setup ## read REPORTS, build, check and publish WAREHOUSE
	@# 3: published, with the refused files as the last lines
	@$(BIN)/zhibiao build --reports "$(REPORTS)" --warehouse "$(WAREHOUSE)" || [ $$? -eq 3 ]

sample: setup ## show N random observations of REPORTS with their sentences; SEED=n repeats a draw
	@mkdir -p warehouse
	@$(BIN)/zhibiao build --reports "$(REPORTS)" --warehouse $(SAMPLE) > /dev/null || [ $$? -eq 3 ]
	@$(BIN)/zhibiao sample $(SAMPLE) --rows $(N) $(if $(SEED),--seed $(SEED))

test: lint types ## lint, types and the quick tests: under five minutes
	$(BIN)/pytest -m "not slow" -n 2 --dist loadscope $(PYTEST)

test-all: test test-slow ## all tests: also faults, servers, clients, the wheel

# What `test` leaves out, and nothing twice.
test-slow: setup
	$(BIN)/pytest -m slow -n 2 --dist loadscope $(BESIDE) $(PYTEST)
	$(BIN)/pytest -m slow $(addprefix --ignore=,$(BESIDE)) $(PYTEST)

faults: setup ## kill builds and spoil their files; FAULTS_SEED=n draws the same moments again
	$(BIN)/pytest tests/faults

fuzz: setup ## N=10000 hostile files in folders of a hundred must publish; SEED=n repeats a run
	$(BIN)/python tests/fuzz/fuzz.py --files $(if $(filter-out file,$(origin N)),$(N),10000) $(if $(SEED),--seed $(SEED))
	$(BIN)/python tests/fuzz/fuzz_formats.py --files $(if $(filter-out file,$(origin N)),$(N),10000) $(if $(SEED),--seed $(SEED))

lint: setup ## style of Python and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --nocolor --disable-progress-bar sql

types: setup ## static types
	$(BIN)/mypy

explore: warehouse ## look at WAREHOUSE in the browser: reports with their figures marked, charts, SQL
	@$(BIN)/zhibiao explore "$(WAREHOUSE)" --reports "$(REPORTS)"

dev: setup ## Dagster on localhost: assets, checks, schedule, sensor, runs
	@# Not `dg dev`: its page obeys requests that any web site has a browser send.
	@export ZHIBIAO_REPORTS="$${ZHIBIAO_REPORTS:-$(REPORTS)}" ZHIBIAO_WAREHOUSE="$${ZHIBIAO_WAREHOUSE:-$(WAREHOUSE)}" \
		DAGSTER_HOME="$(CURDIR)/dagster_home"; \
	$(BIN)/dagster-daemon run -w dagster_home/workspace.yaml & daemon=$$!; \
	trap 'kill $$daemon 2> /dev/null; wait $$daemon' EXIT; trap 'exit 130' INT TERM; \
	$(BIN)/python -m pipelines.page -w dagster_home/workspace.yaml

accuracy: setup ## write the tables of docs/accuracy.md anew; MATERIAL holds the annotated reports
	@rm -rf $(SCORES) && mkdir -p $(SCORES)
	$(call score,samples,seeds/reports,tests/golden)
	$(call score,reports,$(MATERIAL)/reports,$(MATERIAL)/gold)
	$(call score,excerpts,$(MATERIAL)/excerpts,$(MATERIAL)/excerpts/gold)
	$(BIN)/python -m tools.accuracy docs/accuracy.md "own samples=$(SCORES)/samples.json" \
		"real reports=$(SCORES)/reports.json" "excerpts=$(SCORES)/excerpts.json"

# name, reports, gold: build the warehouse and keep its score
define score
	$(BIN)/zhibiao build --reports "$(2)" --warehouse $(SCORES)/$(1).duckdb > /dev/null
	$(BIN)/zhibiao score $(SCORES)/$(1).duckdb "$(3)" --json > $(SCORES)/$(1).json
endef

calibrate: setup ## learn how sure observations are: seeds/confidence.csv; FRESH=RIGHT/ROWS of the newest texts
	$(BIN)/python -m tools.calibrate $(if $(FRESH),--fresh $(FRESH)) learn tools/first_runs.csv \
		seeds/confidence.csv docs/accuracy.md docs/images/reliability.svg

first-run: setup ## keep the first run of fresh texts: NAME=set TEXTS=dir GOLD=dir
	$(BIN)/python -m tools.calibrate keep tools/first_runs.csv "$(NAME)" "$(TEXTS)" "$(GOLD)"

bench: setup ## speed beside jieba and other parsers; JSON=file keeps it, DOCS=1 writes it down
	-@$(BIN)/python -m pipelines.compile
	@test -d $(MATERIAL)/corpus || test -d warehouse/bench || $(BIN)/zhibiao synth 200 --out warehouse/bench
	$(BIN)/python -m bench.suite $(if $(JSON),--json "$(JSON)") $(if $(DOCS),--docs) \
		$(if $(filter-out file,$(origin REPORTS)),--reports "$(REPORTS)")
	$(BIN)/python bench/incremental.py
	$(BIN)/python -m bench.formats $(if $(DOCS),--docs)

scale: setup ## what 100 to 100,000 invented reports cost, and the bars; SIZES=100,1000 for fewer
	-@$(BIN)/python -m pipelines.compile
	$(BIN)/python -m bench.scale --sizes $(SIZES)

dictionary: setup ## write docs/dictionary.md from the SQL and its glossary
	$(BIN)/python -m tools.dictionary > docs/dictionary.md

lineage: setup ## write sql/lineage.yml from the SQL: which column comes from which
	$(BIN)/python -m tools.lineage > sql/lineage.yml.new
	@mv sql/lineage.yml.new sql/lineage.yml

notebook: setup warehouse ## run docs/notebooks/questions.ipynb on the sample reports and keep what it shows
	$(BIN)/python -m tools.notebook docs/notebooks/questions.ipynb

pictures: setup ## draw the picture of the READMEs out of tests/golden/national_gdp.csv
	$(BIN)/python -m tools.picture

superset: setup ## write docs/superset/zhibiao, a dashboard for Superset, and superset.zip of it over WAREHOUSE
	$(BIN)/python -m tools.superset_bundle docs/superset/zhibiao
	@mkdir -p warehouse
	$(BIN)/python -m tools.superset_bundle --zip warehouse/superset.zip --warehouse "$(WAREHOUSE)"

superset-test: setup $(SUPERSET)/.ready ## import it into Superset and look at it in Chromium; in no other target
	$(BIN)/pytest tests/superset/check_dashboard.py $(PYTEST)

# In an environment of its own, 0.9 GB: it wants older libraries.
$(SUPERSET)/.ready: docs/superset/requirements.txt docs/superset/constraints.txt
	rm -rf $(SUPERSET)
	$(PYTHON) -m venv $(SUPERSET)
	$(SUPERSET)/bin/python -m pip install --quiet --disable-pip-version-check \
		-r docs/superset/requirements.txt -c docs/superset/constraints.txt
	@touch $@

settings: setup ## write docs/settings.md from pipelines/settings.py
	$(BIN)/python -m tools.settings_table > docs/settings.md

lock: ## write requirements.lock and deploy/image.lock: the newest versions that pyproject.toml allows
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	# duckdb 2.0 is allowed and tested, but BI clients still read 1.x: the lock stays on it.
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]' 'duckdb<2'
	$(VENV)-lock/bin/python -m pip freeze --exclude zhibiao | sed 's/ @ .*//' > requirements.lock
	$(call report,$(VENV)-lock/amd64.json,-c requirements.lock '.[compile,dagster,fast]' hatchling)
	# Of the other machine only what is compiled differs.
	$(call report,$(VENV)-lock/arm64.json,--no-deps --only-binary=:all: --target $(VENV)-lock/arm64 \
		--python-version 3.11 $(foreach glibc,2_17 2_28 2_34,--platform manylinux_$(glibc)_aarch64) \
		$$($(VENV)-lock/bin/python -m tools.image_lock --compiled $(VENV)-lock/amd64.json))
	$(VENV)-lock/bin/python -m tools.image_lock $(VENV)-lock/amd64.json $(VENV)-lock/arm64.json > deploy/image.lock
	rm -rf $(VENV)-lock

# file, what to install: what pip would install, and from where
define report
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check --dry-run \
		--ignore-installed --report $(1) $(2)
endef
