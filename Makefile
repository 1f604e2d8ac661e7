# `make` lists what there is. Every target that needs the environment makes it first.
.DEFAULT_GOAL := help
.PHONY: help run test dates fuzz lint format simulate preview bench bench-bombs bench-lists bench-replies bench-storm bench-harms bench-webhooks chaos record screens lock
BIN := .venv/bin
FILE ?= examples/sarah.yaml

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/ready ## start everything on this machine and say where to look
	$(BIN)/followthrough up

test: lint ## check style, types and import direction, then run all tests
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=20

dates: .venv/ready ## play the rules' tests and the stories as on 24 other days: make dates DAY=2027-12-31T23:50+00:00
	$(BIN)/python -m tests.dates $(if $(DAY),--day $(DAY))

fuzz: .venv/ready ## try to break decide and decide_claim through the doors: make fuzz EXAMPLES=100000
	FUZZ=$(or $(EXAMPLES),100000) $(BIN)/python -m tests.fuzz

lint: .venv/ready ## check style, types and import direction only
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

format: .venv/ready ## put the code into the house format
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

simulate: .venv/ready ## play a plan with its script in virtual time: make simulate FILE=examples/tom.yaml
	$(BIN)/followthrough simulate $(FILE)

preview: .venv/ready ## show what a plan would send, without sending: make preview FILE=examples/tina.yaml
	$(BIN)/followthrough preview $(FILE)

bench: .venv/ready ## measure what the README claims
	$(BIN)/python -m bench.progress --seed 21 --reps 100
	$(BIN)/python -m bench.webhooks --seconds 5 --burst 200 --clients 10

bench-bombs: .venv/ready ## what strangers' mails, uploads and slow sockets cost: make bench-bombs WORD=tags
	$(BIN)/python -m bench.bombs $(WORD)

bench-lists: .venv/ready ## time the desk's lists on SQLite and PostgreSQL: make bench-lists PLANS=50000
	$(BIN)/python -m bench.lists --plans $(or $(PLANS),5000)

bench-replies: .venv/ready ## measure how well replies are understood: make bench-replies CORPUS=file.tsv
	$(BIN)/python -m bench.replies $(CORPUS)

bench-storm: .venv/ready ## time a red flag and a STOP into a storm of reminders: make bench-storm PLANS=500
	$(BIN)/python -m bench.red_flag_in_a_storm --plans $(or $(PLANS),500)

bench-harms: .venv/ready ## what becomes of clients' words, counted by harm: make bench-harms LINES=file.jsonl
	$(BIN)/python -m bench.reply_harms $(or $(LINES),$(wildcard bench/replies/authors/*.jsonl))

bench-webhooks: .venv/ready ## time the acknowledgement of webhooks: make bench-webhooks RATE=50
	$(BIN)/python -m bench.webhooks --rate $(or $(RATE),50)

chaos: .venv/ready ## kill our programs at every step of sending and receiving: make chaos PLANS=200 SEED=1, or FAULTS=40
	SEED=$(or $(SEED),1) PLANS=$(or $(PLANS),200) ROUNDS=$(ROUNDS) FAULTS=$(FAULTS) $(BIN)/python -m tests.integration.chaos

record: .venv/ready ## record the examples' histories for the replay test, once per release
	$(BIN)/python -m tests.record

screens: .venv/ready ## take pictures of every page of a demo into var/screens/, and the README's
	$(BIN)/python -m tests.screens

lock: .venv/ready ## write the lock files anew after pyproject.toml changed
	.ci/lock

# An environment of another Python than PYTHON names is made anew: make test PYTHON=python3.13
ifneq ($(PYTHON),)
ifneq ($(shell .ci/venv --kept && echo kept),kept)
.PHONY: .venv/ready
endif
endif
.venv/ready: requirements.lock pyproject.toml .ci/venv
	.ci/venv
	@touch $@
