# Every target first installs what it needs; `make` alone lists them.
PYTHON := .venv/bin/python
# Tests that take more of everything in `make soak` (tests/soaked.py).
SOAKED := tests/plugins/evaluation/test_asking_many.py tests/plugins/identity/test_import.py
.DEFAULT_GOAL := help
.PHONY: help run test check story bench national soak audit lock texts format

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## Set up, fill a demo database at its birth, serve on http://127.0.0.1:8000 (HOST, PORT)
	@tools/setup.sh run
	@exec $(PYTHON) -m p2k2lms.server

test: ## Run every test, on SQLite and PostgreSQL, browser journeys included (ARGS="tests/core -x")
	@tools/setup.sh test
	@exec $(PYTHON) tools/test.py $(ARGS)

check: ## Formatting, lint, types, import contracts, templates, translations, courses
	@tools/setup.sh check
	@exec $(PYTHON) tools/check.py

story: ## A pendamping from sign-in to a verified certificate, against a server of its own
	@tools/setup.sh run
	@exec $(PYTHON) tools/story.py

bench: ## Measure speed and size against the reference; writes bench/results.json (DATABASE=postgres)
	@tools/setup.sh $(if $(filter postgres,$(DATABASE)),test,check)
	@DATABASE=$(DATABASE) exec $(PYTHON) -m bench.run

national: ## Time every page with 40,000 pendamping beside the same page with 40 (PAGES=/lapangan, SMALL=, NATIONAL=)
	@tools/setup.sh test
	@exec $(PYTHON) -m bench.national --only "$(PAGES)" --small "$(SMALL)" --national "$(NATIONAL)"

soak: ## Long proofs, largest numbers, national load; writes docs/proofs/*.json (COUNT=20000, RUNS=40 for shorter ones)
	@tools/setup.sh test
	@SOAK_COUNT=$(or $(COUNT),100000) $(PYTHON) tools/soak.py
	@$(PYTHON) tools/worlds.py $(RUNS)
	@SOAK=1 $(PYTHON) tools/test.py $(SOAKED)
	@exec $(PYTHON) -m bench.national

audit: ## Ask the advisories of the package index about every locked version (needs the network)
	@tools/setup.sh check
	@$(PYTHON) tools/audit.py

format: ## Put the Python source into its format
	@tools/setup.sh check
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix .

texts: ## Bring the catalogues of translations up to the source
	@tools/setup.sh check
	@$(PYTHON) tools/texts.py

lock: ## Pin every requirement again (needs the package index)
	@tools/setup.sh check
	@tools/lock.sh
