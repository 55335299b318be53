# Sets up what is missing, builds, starts, tests. `make` alone says what there is.
SHELL = /bin/sh
.DEFAULT_GOAL = help

# Queries were checked against a database when they were written; .sqlx says what it answered.
export SQLX_OFFLINE = true

# Rust's installer puts it here; a shell opened before that does not look there yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

TARGET = $(or $(CARGO_TARGET_DIR),target)

.PHONY: help run empty test lint unit browser check-queries queries bench setup setup-rust setup-postgres setup-browser

help:
	@echo 'make run      set up what is missing, build, and start the site with its sample directory'
	@echo 'make empty    the same, but start with an empty directory'
	@echo 'make test     every check and test, in the browser too, installing what they need'
	@echo 'make unit     only the tests of the program'
	@echo 'make browser  only the tests in a browser'
	@echo 'make bench    measure the search and the pages'
	@echo 'make queries  write .sqlx anew after a change of SQL'

# A database that was named needs no server programs here.
run empty: setup-rust $(if $(DATABASE_URL),,setup-postgres)
run:
	cargo build --release --locked
	exec $(TARGET)/release/fingerpost serve

empty:
	cargo build --release --locked
	exec $(TARGET)/release/fingerpost serve --empty

# The browser visits the program that the tests have built; asking the queries anew compiles it once more.
test: lint unit browser check-queries

lint: setup-rust
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --locked --quiet

unit: setup-rust setup-postgres
	cargo test --locked

browser: setup-rust setup-postgres setup-browser
	@if [ -f tests/browser/package.json ]; then \
		cargo build --locked --bins --tests && cd tests/browser && \
		FINGERPOST_BIN=$(abspath $(TARGET))/debug/fingerpost npm test; \
	else echo 'There are no browser tests.'; fi

# Whether .sqlx is what a database with today's migrations answers.
check-queries: setup-rust setup-postgres
	tests/support/queries check

queries: setup-rust setup-postgres
	tests/support/queries write

bench: setup-rust setup-postgres
	cargo bench --locked --bench search

setup: setup-rust setup-postgres setup-browser

setup-rust:
	@tests/support/setup rust

setup-postgres:
	@tests/support/setup postgres

setup-browser:
	@tests/support/setup browser
