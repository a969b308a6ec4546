// The three variants' entry points, and the parts they share.

#ifndef CSV_SIMD_KERNELS_H
#define CSV_SIMD_KERNELS_H

#include "include/CSVSIMD.h"

#define CSV_DECLARE_VARIANT(variant)                                                                          \
  size_t csv_find_separators_##variant(const uint8_t *data, size_t length, csv_scan_state *state,             \
                                       uint32_t *offsets);                                                    \
  size_t csv_parse_decimals_##variant(csv_fields fields, double *values, uint32_t *exceptions);               \
  size_t csv_parse_integers_##variant(csv_fields fields, int64_t *values, uint32_t *exceptions);

CSV_DECLARE_VARIANT(portable)
#if defined(__x86_64__)
CSV_DECLARE_VARIANT(avx2)
CSV_DECLARE_VARIANT(avx512)
#endif

// Powers of ten that a double holds exactly and a 16-byte field can need.
static const double csv_powers_of_ten[16] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                             1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// The largest run of integers that doubles hold without a gap.
static const uint64_t csv_exact_integer_limit = 1ull << 53;

// What one 64-byte chunk holds: bit i is byte i.
typedef struct {
  uint64_t delimiters;
  uint64_t newlines;
  uint64_t quotes;
} csv_chunk_masks;

// The record state machine, byte by byte: the definition that the vector form below must equal.
static inline uint64_t csv_separators_by_byte(const uint8_t *data, size_t length, csv_scan_state *state) {
  uint64_t separators = 0;
  uint8_t in_quote = state->in_quote, may_open = state->may_open;
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = data[i];
    if (in_quote) {
      if (byte == state->quote) { in_quote = 0; may_open = 1; }
    } else if (byte == state->quote && may_open && state->quote) {
      in_quote = 1;
    } else if (byte == state->delimiter || byte == '\n') {
      separators |= 1ull << i;
      may_open = 1;
    } else {
      may_open = 0;
    }
  }
  state->in_quote = in_quote;
  state->may_open = may_open;
  return separators;
}

// The separators outside quotes of one whole chunk.
//
//   bytes      a , " x , " " y " , b
//   quotes         1     1 1   1            every quote character
//   inside         1 1 1 0 1 1 0            parity of the quotes so far: a prefix XOR
//   opens          1       1                quotes at which the parity turns to 1
//
// Parity is right as long as each opening quote stands at a field's start or behind a closing one (a doubled quote).
// A stray quote, as in 5" pipe, breaks that; the chunk is then walked byte by byte, where such a quote is plain text.
static inline uint64_t csv_chunk_separators(const uint8_t *data, csv_chunk_masks masks, csv_scan_state *state,
                                            uint64_t (*prefix_xor)(uint64_t)) {
  uint64_t separators = masks.delimiters | masks.newlines;
  if (__builtin_expect((masks.quotes | state->in_quote) == 0, 1)) {
    state->may_open = (uint8_t)(separators >> 63);
    return separators;
  }
  uint64_t inside = prefix_xor(masks.quotes) ^ (0 - (uint64_t)state->in_quote);
  uint64_t opens = masks.quotes & inside, closes = masks.quotes & ~inside;
  uint64_t may_open = ((separators | closes) << 1) | state->may_open;
  if (__builtin_expect((opens & ~may_open) != 0, 0)) return csv_separators_by_byte(data, 64, state);
  separators &= ~inside;
  state->in_quote = (uint8_t)(inside >> 63);
  state->may_open = (uint8_t)((separators | closes) >> 63);
  return separators;
}

#endif
