# Starling. `make run` starts it, `make test` proves it. Both install what is missing and can be repeated.

HOST = 127.0.0.1
PORT = 8080

SERVER = .build/release/starling
# What the audio thread, the training worker, and the page with its storage worker run; and what reads OSC.
WASM = $(addprefix web/generated/,engine.wasm training.wasm document.wasm osc.wasm)
PYTHON = .venv/bin/python
PYTHON_READY = .venv/ready
LEARNING_BENCH = .build-wasm/learning-bench.wasm

WASM_OPT = wasm-opt --low-memory-unused --flatten --rereloop -Oz -Oz --strip-debug --strip-producers --strip-target-features \
	--enable-simd --enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int

PACKAGE = Package.swift $(wildcard Package.resolved)
SERVER_SOURCES = $(PACKAGE) $(shell find Sources -type f)
WASM_SOURCES = Makefile $(PACKAGE) toolset-wasm.json $(shell find Sources -type f -not -path '*/StarlingServer/*' -not -path '*/starling/*')

.PHONY: run test once-more build wasm bench bench-learning bench-sound docs check clean
.DELETE_ON_ERROR:

run: build
	@exec $(SERVER) serve --host $(HOST) --port $(PORT)

# Both take long from clean, and neither fills two cores alone.
build:
	@tools/install-packages run
	@$(MAKE) --no-print-directory -j2 $(SERVER) $(WASM)

# Without testable imports the tests use the very modules that `run` has built.
test:
	@tools/install-packages test
	@$(MAKE) --no-print-directory check build
	swift test -c release --disable-testable-imports
	tools/check-realtime
	@$(MAKE) --no-print-directory $(PYTHON_READY)
	$(PYTHON) -m pytest tests-web || $(MAKE) --no-print-directory once-more

# Real browsers in real time stumble on a machine busy with something else: what has failed must pass on a second, open try.
once-more:
	@echo "Some tests failed: they are run once more. Whatever fails again has failed."
	$(PYTHON) -m pytest tests-web --last-failed --last-failed-no-failures none

wasm:
	@tools/install-packages run
	@$(MAKE) --no-print-directory $(WASM)

# Figures of this machine, never asserted.
bench: build
	@tools/install-packages test
	@$(MAKE) --no-print-directory $(PYTHON_READY)
	$(PYTHON) Benchmarks/run
	$(PYTHON) Benchmarks/osc-latency.py --seconds 10
	$(PYTHON) Benchmarks/osc-bridge.py --seconds 10
	@$(MAKE) --no-print-directory bench-learning bench-sound

# The learning part alone: models in node beside scikit-learn, and how training grows with examples.
bench-learning: $(LEARNING_BENCH) .venv/bench-ready
	@command -v node >/dev/null || tools/install-packages bench
	$(PYTHON) Benchmarks/learning/run
	$(PYTHON) Benchmarks/learning/growth

# What listening and playing cost in WebAssembly; voices and a room beside SuperCollider's.
bench-sound: wasm
	@tools/install-packages bench
	node Benchmarks/listening/run.js
	node Benchmarks/playing/run.js
	Benchmarks/scsynth/run

# docs/catalogue.md from the catalogues themselves.
docs: build
	tools/write-catalogue $(SERVER) > docs/catalogue.md

check:
	tools/check-layers

clean:
	rm -rf .build .build-wasm .venv out web/generated

$(SERVER): $(SERVER_SOURCES)
	swift build -c release --product starling
	@touch $@

# One after the other: they share what they have in common, and a build folder takes one build at a time.
.build-wasm/built: $(WASM_SOURCES)
	for product in engine training document osc; do \
		swift build -c release --triple wasm32-unknown-none-wasm --toolset toolset-wasm.json --product $$product \
			--scratch-path .build-wasm || exit; \
	done
	@touch $@

web/generated/%.wasm: .build-wasm/built
	@mkdir -p $(@D)
	$(WASM_OPT) .build-wasm/release/$*.wasm -o $@

$(PYTHON_READY): tests-web/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r tests-web/requirements.txt
	@touch $@

.venv/bench-ready: $(PYTHON_READY) Benchmarks/requirements.txt
	.venv/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
	@touch $@

$(LEARNING_BENCH): $(WASM_SOURCES) $(wildcard Benchmarks/LearningBench/*)
	swift build -c release --triple wasm32-unknown-none-wasm --toolset toolset-wasm.json --product learning-bench \
		--scratch-path .build-wasm
	$(WASM_OPT) .build-wasm/release/learning-bench.wasm -o $@
