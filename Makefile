# Every rule that has a `##` comment is listed by a bare `make`.

# The optimised command-line tool. Linked statically, it starts faster and runs where no Swift is installed.
TOOL := .build/release/lazyframe
RELEASE := --configuration release --static-swift-stdlib

# A warning in our own code is an error wherever tests are built. The flags are given here and not in
# Package.swift because a package that holds unsafe flags cannot be a dependency of another one.
STRICT := -Xswiftc -warnings-as-errors -Xcc -Wall -Xcc -Wextra -Xcc -Werror

# The sanitizer sees the C library's locks only: see Sources/TaskGraph/ThreadSanitizer.swift.
SANITIZED := --sanitize=thread -Xswiftc -DSANITIZE_THREAD --scratch-path .build/sanitized

SWIFT_SOURCES := Sources Tests Examples Benchmarks/GraphBenchmark Benchmarks/FrameBenchmark Package.swift

# Options of `make bench`.
ONLY ?=
ROWS ?=
ROUNDS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run build test sanitize lint format docs bench clean

help: ## List the rules (the default)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup:
	@Scripts/install-dependencies

run: build ## Install what is missing, build for release, run the main job on the sample
	$(TOOL) groupby datasets/prices.csv --by 'symbol, year(date) as year' --agg 'mean(open, high, low, close, volume)' --format table

build: setup ## Install what is missing, build the optimised tool
	swift build $(RELEASE)

test: setup lint ## Install what is missing, check the style, build without a warning, run all the tests
	swift build --build-tests $(STRICT)
	swift test --skip-build $(STRICT)

sanitize: setup ## Run the tests of graphs and schedulers under the thread sanitizer
	swift build --build-tests $(STRICT) $(SANITIZED)
	swift test --skip-build $(STRICT) $(SANITIZED) --filter 'TaskGraphTests|SchedulerTests'

lint: ## Check the style of all Swift files
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

format: ## Rewrite all Swift files in the project's style
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

docs: ## Write the documentation of every product to docs/
	Scripts/build-documentation docs

bench: build ## Measure against other tools: ONLY=group for one group, ROWS=n for a trial, ROUNDS=n
	@Scripts/install-dependencies bench
	python3 Benchmarks/run.py --binary $(TOOL) $(if $(ONLY),--only $(ONLY)) $(if $(ROWS),--rows $(ROWS)) \
	  $(if $(ROUNDS),--rounds $(ROUNDS))

clean: ## Remove everything that was built; keeps benchmark data
	rm -rf .build docs
