// osc.wasm has no program of its own: it is the functions that the other files of this folder and StarlingWasm export.
