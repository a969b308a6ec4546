// Separators with 64-bit words: eight bytes a step, on any little-endian CPU.

#include "../kernels.h"

#include <string.h>

static const uint64_t ones = 0x0101010101010101ull;
static const uint64_t low_sevens = 0x7F7F7F7F7F7F7F7Full;

// Bit i is set when byte i of the word is zero.
static inline uint64_t zero_bytes(uint64_t word) {
  uint64_t high_bits = ~(((word & low_sevens) + low_sevens) | word | low_sevens);
  return ((high_bits >> 7) * 0x0102040810204080ull) >> 56;
}

static uint64_t prefix_xor_by_shifts(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

size_t csv_find_separators_portable(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets) {
  uint32_t *out = offsets;
  const uint64_t delimiter = ones * state->delimiter, newline = ones * '\n', quote = ones * state->quote;
  uint64_t all_bits = 0, newline_count = 0;
  uint8_t nul = 0, quotes_seen = 0;
  for (size_t at = 0; at < length; at += 64) {
    csv_chunk_masks masks = {0, 0, 0};
    size_t rest = length - at;
    for (int i = 0; i < 8; i++) {
      uint64_t word;
      memcpy(&word, data + at + 8 * i, 8);
      if (rest < (size_t)(8 * i + 8)) {  // bytes past the end become spaces, which mean nothing
        size_t valid = rest > (size_t)(8 * i) ? rest - 8 * i : 0;
        uint64_t keep = valid ? ~0ull >> (64 - 8 * valid) : 0;
        word = (word & keep) | (ones * ' ' & ~keep);
      }
      all_bits |= word;
      nul |= zero_bytes(word) != 0;
      masks.delimiters |= zero_bytes(word ^ delimiter) << (8 * i);
      masks.newlines |= zero_bytes(word ^ newline) << (8 * i);
      if (state->quote) masks.quotes |= zero_bytes(word ^ quote) << (8 * i);
    }
    quotes_seen |= masks.quotes != 0;
    uint64_t separators = rest >= 64 ? csv_chunk_separators(data + at, masks, state, prefix_xor_by_shifts)
                                     : csv_separators_by_byte(data + at, rest, state);
    newline_count += (uint64_t)__builtin_popcountll(separators & masks.newlines);
    for (; separators; separators &= separators - 1) *out++ = (uint32_t)(at + (size_t)__builtin_ctzll(separators));
  }
  state->newlines += newline_count;
  state->has_quote |= quotes_seen;
  state->has_nul |= nul;
  state->has_non_ascii |= (all_bits & ~low_sevens) != 0;
  return (size_t)(out - offsets);
}
