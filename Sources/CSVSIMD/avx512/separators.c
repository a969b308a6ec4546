// Separators with AVX-512: one compare a pattern a chunk, offsets by compressing the byte indices.

#if defined(__x86_64__)

#include "../kernels.h"

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,pclmul,bmi,bmi2,popcnt"))), apply_to = function)

static inline uint64_t prefix_xor(uint64_t bits) {
  __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

size_t csv_find_separators_avx512(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets) {
  uint32_t *out = offsets;
  const __m512i delimiter = _mm512_set1_epi8((char)state->delimiter), newline = _mm512_set1_epi8('\n');
  const __m512i quote = _mm512_set1_epi8((char)state->quote);
  const uint64_t quote_enabled = state->quote ? ~0ull : 0;
  const __m512i byte_index = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
      35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7,
      6, 5, 4, 3, 2, 1, 0);
  __m512i any_bits = _mm512_setzero_si512(), smallest = _mm512_set1_epi8((char)0xFF);
  csv_scan_state carried = *state;
  uint64_t quotes_seen = 0;
  size_t whole = length & ~(size_t)63;
  for (size_t at = 0; at < whole; at += 64) {
    __m512i bytes = _mm512_loadu_si512(data + at);
    any_bits = _mm512_or_si512(any_bits, bytes);
    smallest = _mm512_min_epu8(smallest, bytes);
    csv_chunk_masks masks = {_mm512_cmpeq_epi8_mask(bytes, delimiter), _mm512_cmpeq_epi8_mask(bytes, newline),
                             _mm512_cmpeq_epi8_mask(bytes, quote) & quote_enabled};
    quotes_seen |= masks.quotes;
    uint64_t separators = csv_chunk_separators(data + at, masks, &carried, prefix_xor);
    carried.newlines += (uint64_t)_mm_popcnt_u64(separators & masks.newlines);
    unsigned count = (unsigned)_mm_popcnt_u64(separators);
    __m512i indices = _mm512_maskz_compress_epi8(separators, byte_index);
    const __m512i base = _mm512_set1_epi32((int)at);
    _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(indices))));
    if (__builtin_expect(count > 16, 0)) {
      _mm512_storeu_si512(
          out + 16, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(indices, 1))));
      _mm512_storeu_si512(
          out + 32, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(indices, 2))));
      _mm512_storeu_si512(
          out + 48, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(indices, 3))));
    }
    out += count;
  }
  carried.has_quote |= quotes_seen != 0;
  carried.has_non_ascii |= _mm512_movepi8_mask(any_bits) != 0;
  carried.has_nul |= _mm512_cmpeq_epi8_mask(smallest, _mm512_setzero_si512()) != 0;
  *state = carried;
  size_t count = (size_t)(out - offsets);
  size_t tail = csv_find_separators_portable(data + whole, length - whole, state, out);
  for (size_t i = 0; i < tail; i++) out[i] += (uint32_t)whole;
  return count + tail;
}

#pragma clang attribute pop

#endif
