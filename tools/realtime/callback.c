/// Plays the engine as an audio callback does, under clang's RealtimeSanitizer, which stops at any allocation or lock.
///
/// Every block brings random events of random kinds, a random length and noise; now and then new weights or a new plan, without
/// derived features, patterns and arpeggios or with all kinds of them.
/// With an argument it allocates on purpose instead: the sanitizer must see that.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *inbox(int);
extern const void *outbox_address(void);
extern int outbox_count(void), document_json(void), document_plan(void), document_apply(int);
extern int session_open(int), session_live_begin(int, double), session_live_rows(int, int), session_step(int), session_weights(void);
extern int engine_create(float, int, int, int, int), engine_accept(int, uint32_t, int);
extern float *engine_input(void), *engine_left(void);
extern void *engine_events(void), *engine_blob(void);
extern void engine_schedule(int), engine_process(int);

enum { blockCount = 40000, maximumBlock = 512, eventCount = 4, rowCount = 100, columnCount = 19 };
struct event { uint16_t kind, slot; float value; double time; };
struct blob { int kind; uint32_t key; int words; unsigned char bytes[1 << 21]; };

static uint32_t seed = 20261123;
static uint32_t chance(void) { return seed = seed * 1664525 + 1013904223; }
static float noise(void) { return (int32_t)chance() / 3e9f; }

static void callback(int count, const struct blob *blob) [[clang::nonblocking]] {
    if (blob) {
        memcpy(engine_blob(), blob->bytes, blob->words * 4);
        engine_accept(blob->kind, blob->key, blob->words);
    }
    engine_schedule(eventCount);
    engine_process(count);
}

static int allocating(int count) [[clang::nonblocking]] {
    char *bytes = malloc(count * 100);
    memset(bytes, 1, 3);
    int result = bytes[1];
    free(bytes);
    return result;
}

static void take(struct blob *blob, int kind, int skip) {
    const unsigned char *bytes = outbox_address();
    blob->kind = kind;
    if (skip) memcpy(&blob->key, bytes, 4);
    blob->words = (outbox_count() - skip) / 4;
    memcpy(blob->bytes, bytes + skip, blob->words * 4);
}

/// Teaches one pad some noise and takes the weights.
static int train(struct blob *weights) {
    document_json();
    int count = outbox_count();
    memcpy(inbox(count), outbox_address(), count);
    if (session_open(count)) return 1;
    memcpy(inbox(5), "pad-1", 5);
    session_live_begin(5, 187.5);
    float *rows = inbox(4 * rowCount * columnCount);
    for (int i = 0; i < rowCount * columnCount; i++) rows[i] = noise();
    if (session_live_rows(rowCount, columnCount)) return 1;
    while (session_step(4000) & 1) {}
    if (session_weights()) return 1;
    take(weights, 1, 4);
    return 0;
}

/// Adds a derived feature of each kind, a pattern and an arpeggio, and has beginnings seen in the complex domain.
static int derive(void) {
    static const char *kinds[] = {"mean", "deviation", "minimum", "maximum", "slope", "delta", "acceleration", "lag", "smooth",
                                  "euro", "gate", "scale"};
    static char text[8192];
    int count = sprintf(text, "{\"name\":\"Derive\",\"changes\":[{\"table\":\"listening\",\"id\":\"listening\",\"field\":\"beginnings\",\"value\":\"complex\"}");
    for (int i = 0; i < 12; i++) {
        const char *fields[][2] = {{"name", "Derived"}, {"source", i % 3 ? "loudness" : "control-2"}, {"kind", kinds[i]}};
        for (int j = 0; j < 3; j++) {
            count += sprintf(text + count, ",{\"table\":\"derived\",\"id\":\"derived-%d\",\"field\":\"%s\",\"value\":\"%s\"}",
                             i + 1, fields[j][0], fields[j][1]);
        }
    }
    static const char *time[][4] = {{"parameters", "transport/running", "value", "1"}, {"parameters", "transport/tempo", "value", "240"},
                                    {"parameters", "transport/swing", "value", "60"}, {"instruments", "choir", "arpeggio", "\"updown\""},
                                    {"patterns", "beat", "name", "\"Beat\""}, {"patterns", "beat", "instrument", "\"choir\""},
                                    {"patterns", "beat", "playing", "true"}, {"patterns", "beat", "category", "\"pad-1\""},
                                    {"lanes", "low", "pattern", "\"beat\""}, {"lanes", "low", "note", "48"},
                                    {"lanes", "low", "velocities", "[1,0.5,0,1]"}};
    for (unsigned i = 0; i < sizeof time / sizeof *time; i++) {
        count += sprintf(text + count, ",{\"table\":\"%s\",\"id\":\"%s\",\"field\":\"%s\",\"value\":%s}", time[i][0], time[i][1],
                         time[i][2], time[i][3]);
    }
    count += sprintf(text + count, "]}");
    memcpy(inbox(count), text, count);
    return document_apply(count) || document_plan();
}

static struct blob plan, derived, weights;

int main(int argc, char **argv) {
    if (argc > 1) return allocating(argc);
    if (train(&weights) || engine_create(48000, maximumBlock, 2048, 3, 0) || document_plan()) return 3;
    take(&plan, 0, 0);
    if (derive()) return 6;
    take(&derived, 0, 0);
    float peak = 0;
    for (int block = 0; block < blockCount; block++) {
        struct event *events = engine_events();
        for (int i = 0; i < eventCount; i++) {
            uint32_t kind = chance() >> 8;
            // Panic, the last kind, only seldom: there would be nothing to hear.
            events[i] = (struct event){kind % 500 ? kind % 5 : 5, (chance() >> 12) % 128, (chance() >> 16) / 6553.6f - 2, 0};
        }
        int count = 1 + (chance() >> 8) % maximumBlock;
        for (int i = 0; i < count; i++) engine_input()[i] = noise();
        callback(count, block % 200 == 0 ? &plan : block % 200 == 100 ? &derived : block % 100 == 1 ? &weights : NULL);
        for (int i = 0; i < count; i++) {
            float sample = engine_left()[i];
            if (sample != sample) return 4;
            if (sample > peak) peak = sample;
        }
    }
    printf("%d blocks without an allocation or a lock, peak %.3f\n", blockCount, peak);
    return peak > 0.001f ? 0 : 5;
}
