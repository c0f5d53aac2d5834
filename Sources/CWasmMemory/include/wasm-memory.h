/// What Swift cannot say itself: where the heap begins, and how large the memory is, in WebAssembly pages of 64 KiB.
#pragma once
#ifdef __wasm__
extern unsigned char __heap_base;
static inline unsigned long wasm_heap_base(void) { return (unsigned long)&__heap_base; }
static inline unsigned long wasm_page_count(void) { return __builtin_wasm_memory_size(0); }
/// Adds pages; false if the memory may not grow.
static inline _Bool wasm_add_pages(unsigned long count) { return __builtin_wasm_memory_grow(0, count) != (unsigned long)-1; }
#endif
