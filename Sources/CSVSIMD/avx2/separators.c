// Separators with AVX2: two compares of 32 bytes a chunk, offsets by counting trailing zeros.

#if defined(__x86_64__)

#include "../kernels.h"

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,pclmul,bmi,bmi2,popcnt,lzcnt"))), apply_to = function)

static inline uint64_t equal_mask(__m256i low, __m256i high, __m256i pattern) {
  uint32_t low_mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
  uint32_t high_mask = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
  return low_mask | ((uint64_t)high_mask << 32);
}

static inline uint64_t prefix_xor(uint64_t bits) {
  __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

// Writes eight offsets at a time, of which the surplus is overwritten by the next chunk.
static inline uint32_t *write_offsets(uint32_t *out, uint32_t base, uint64_t bits) {
  unsigned count = (unsigned)__builtin_popcountll(bits);
  for (unsigned written = 0; written < count; written += 8)
    for (unsigned i = 0; i < 8; i++) {
      out[written + i] = base + (uint32_t)_tzcnt_u64(bits);
      bits = _blsr_u64(bits);
    }
  return out + count;
}

size_t csv_find_separators_avx2(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets) {
  uint32_t *out = offsets;
  const __m256i delimiter = _mm256_set1_epi8((char)state->delimiter), newline = _mm256_set1_epi8('\n');
  const __m256i quote = _mm256_set1_epi8((char)state->quote);
  const uint64_t quote_enabled = state->quote ? ~0ull : 0;
  __m256i any_bits = _mm256_setzero_si256(), smallest = _mm256_set1_epi8((char)0xFF);
  csv_scan_state carried = *state;
  uint64_t quotes_seen = 0;
  size_t whole = length & ~(size_t)63;
  for (size_t at = 0; at < whole; at += 64) {
    __m256i low = _mm256_loadu_si256((const __m256i *)(data + at));
    __m256i high = _mm256_loadu_si256((const __m256i *)(data + at + 32));
    any_bits = _mm256_or_si256(any_bits, _mm256_or_si256(low, high));
    smallest = _mm256_min_epu8(smallest, _mm256_min_epu8(low, high));
    csv_chunk_masks masks = {equal_mask(low, high, delimiter), equal_mask(low, high, newline),
                             equal_mask(low, high, quote) & quote_enabled};
    quotes_seen |= masks.quotes;
    uint64_t separators = csv_chunk_separators(data + at, masks, &carried, prefix_xor);
    carried.newlines += (uint64_t)_mm_popcnt_u64(separators & masks.newlines);
    out = write_offsets(out, (uint32_t)at, separators);
  }
  carried.has_quote |= quotes_seen != 0;
  carried.has_non_ascii |= _mm256_movemask_epi8(any_bits) != 0;
  carried.has_nul |= _mm256_movemask_epi8(_mm256_cmpeq_epi8(smallest, _mm256_setzero_si256())) != 0;
  *state = carried;
  size_t count = (size_t)(out - offsets);
  size_t tail = csv_find_separators_portable(data + whole, length - whole, state, out);
  for (size_t i = 0; i < tail; i++) out[i] += (uint32_t)whole;
  return count + tail;
}

#pragma clang attribute pop

#endif
