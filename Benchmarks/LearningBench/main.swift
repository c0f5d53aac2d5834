// learning-bench.wasm has no program of its own: it is the functions that the other file of this folder exports.
