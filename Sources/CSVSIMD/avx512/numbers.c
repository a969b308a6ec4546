// Plain numbers with AVX-512: eight fields a step, their checks as arithmetic on 64-bit masks.
//
// Two registers hold four fields each, sixteen lanes a field as in avx2/number_field.h: fields 0 2 4 6 in the even
// register, 1 3 5 7 in the odd one. One 64-bit mask speaks of four fields at once, sixteen bits each:
//
//   field      ####-12.3456   lane 15 is at the right; # are lanes of the neighbours on the left
//   lanes      ....11111111   from the field's length
//   minus      ....1.......   a '-' in the first lane
//   body       .....1111111   lanes without the minus: must be digits and at most one dot
//   digits     .....11.1111
//   kept       ......111111   body less its first lane when there is a dot: as many lanes as digits
//
// Compressing the digits of all four fields to the front and expanding them into `kept` closes the dots' gaps. One
// step that does not check out (an NA, an exponent, 17 bytes) is repeated field by field.

#if defined(__x86_64__)

#include "../avx2/number_field.h"

#pragma clang attribute push(                                                                                         \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512cd,avx512vbmi2,avx2,bmi,bmi2,popcnt"))),          \
    apply_to = function)

static const uint64_t first_lanes = 0x0001000100010001ull;
static const uint64_t last_lanes = 0x8000800080008000ull;

typedef struct {
  __m512i by_four;  // in each 128-bit lane, four groups of four digits
  uint64_t dots;
  uint64_t minus;
  int plain;
} four_numbers;

static inline four_numbers read_four(__m512i bytes, uint64_t lanes) {
  four_numbers result;
  __m512i shifted = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
  uint64_t digits = _mm512_mask_cmple_epu8_mask(lanes, shifted, _mm512_set1_epi8(9));
  uint64_t dots = _mm512_mask_cmpeq_epi8_mask(lanes, bytes, _mm512_set1_epi8('.'));
  uint64_t zeros = _mm512_mask_testn_epi8_mask(lanes, shifted, shifted);
  uint64_t first = lanes & ~((lanes << 1) & ~first_lanes);
  uint64_t minus = _mm512_mask_cmpeq_epi8_mask(first, bytes, _mm512_set1_epi8('-'));
  uint64_t body = lanes & ~minus;
  uint64_t body_first = body & ~((body << 1) & ~first_lanes);
  uint64_t leading_zero = zeros & body_first & (digits >> 1) & ~last_lanes;
  // All sixteen bits of each field that has a dot.
  uint64_t dotted_tops = ((((dots & ~last_lanes) + ~last_lanes) | dots) & last_lanes);
  uint64_t dotted = (dotted_tops - (dotted_tops >> 15)) | dotted_tops;
  uint64_t kept = body & ~(body_first & dotted);
  // With all of the body digits or dots, the counts differ exactly when some field has two dots.
  result.plain = ((digits | dots) == body) & ((kept & last_lanes) == last_lanes) & (leading_zero == 0) &
                 (_mm_popcnt_u64(digits) == _mm_popcnt_u64(kept));
  __m512i closed = _mm512_maskz_expand_epi8(kept, _mm512_maskz_compress_epi8(digits, shifted));
  __m512i by_two = _mm512_maddubs_epi16(closed, _mm512_set1_epi16(0x010A));         // 10, 1
  result.by_four = _mm512_madd_epi16(by_two, _mm512_set1_epi32(0x00010064));        // 100, 1
  result.dots = dots;
  result.minus = minus;
  return result;
}

// Sixteen bits of eight fields, from the even and the odd mask, as eight 64-bit lanes.
static inline __m512i by_field(uint64_t even, uint64_t odd) {
  return _mm512_cvtepu16_epi64(
      _mm_unpacklo_epi16(_mm_cvtsi64_si128((long long)even), _mm_cvtsi64_si128((long long)odd)));
}

typedef struct {
  __m512i digits;    // eight integers
  __m512i dots;      // a bit at the lane of each field's dot
  __mmask8 minus;
  int plain;
} eight_numbers;

// `starts` and `ends` point at the first of eight fields.
static inline eight_numbers read_eight(const uint8_t *data, const uint32_t *starts, const uint32_t *ends, size_t stride,
                                       uint32_t bias) {
  eight_numbers result;
  uint64_t lanes[2] = {0, 0};
  uint32_t lengths = 0;
  __m128i parts[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) {
    uint32_t end = ends[(size_t)i * stride];
    uint32_t length = end - (starts[(size_t)i * stride] + bias);
    lengths |= length;
    parts[i] = _mm_loadu_si128((const __m128i *)(data + end - 16));
    lanes[i & 1] |= (uint64_t)(uint16_t)(0xFFFF0000ull >> (length & 63)) << (16 * (i >> 1));
  }
  __m512i even_bytes = _mm512_castsi128_si512(parts[0]), odd_bytes = _mm512_castsi128_si512(parts[1]);
  even_bytes = _mm512_inserti32x4(even_bytes, parts[2], 1);
  odd_bytes = _mm512_inserti32x4(odd_bytes, parts[3], 1);
  even_bytes = _mm512_inserti32x4(even_bytes, parts[4], 2);
  odd_bytes = _mm512_inserti32x4(odd_bytes, parts[5], 2);
  even_bytes = _mm512_inserti32x4(even_bytes, parts[6], 3);
  odd_bytes = _mm512_inserti32x4(odd_bytes, parts[7], 3);
  four_numbers even = read_four(even_bytes, lanes[0]), odd = read_four(odd_bytes, lanes[1]);
  __m512i by_eight = _mm512_madd_epi16(_mm512_packus_epi32(even.by_four, odd.by_four), _mm512_set1_epi32(0x00012710));
  result.digits = _mm512_add_epi64(_mm512_mul_epu32(by_eight, _mm512_set1_epi64(100000000)),
                                   _mm512_srli_epi64(by_eight, 32));
  result.dots = by_field(even.dots, odd.dots);
  __m512i minus = by_field(even.minus, odd.minus);
  result.minus = _mm512_test_epi64_mask(minus, minus);
  // Lengths of 17 to 31 leave lane 15 out of `lanes`; longer ones would wrap round in the shift.
  result.plain = even.plain & odd.plain & (lengths < 32);
  return result;
}

size_t csv_parse_decimals_avx512(csv_fields fields, double *values, uint32_t *exceptions) {
  size_t exception_count = 0, i = 0;
  const __m512d low_powers = _mm512_loadu_pd(csv_powers_of_ten), high_powers = _mm512_loadu_pd(csv_powers_of_ten + 8);
  for (; i + 8 <= fields.count; i += 8) {
    const uint32_t *starts = fields.starts + i * fields.stride, *ends = fields.ends + i * fields.stride;
    eight_numbers found = read_eight(fields.data, starts, ends, fields.stride, fields.bias);
    __mmask8 inexact = _mm512_cmpgt_epu64_mask(found.digits, _mm512_set1_epi64((long long)csv_exact_integer_limit));
    if (__builtin_expect(!found.plain | (inexact != 0), 0)) {
      csv_fields eight = {fields.data, starts, ends, fields.stride, 8, fields.bias};
      size_t more = csv_parse_decimals_avx2(eight, values + i, exceptions + exception_count);
      for (size_t k = 0; k < more; k++) exceptions[exception_count + k] += (uint32_t)i;
      exception_count += more;
      continue;
    }
    // A dot in lane p has 15 - p digits behind it; a dot at bit p of 64 has 63 - p leading zeros. Without a dot the
    // count is 64 - 48 = 16, of which the permutation sees the low four bits: 10^0.
    __m512i behind = _mm512_sub_epi64(_mm512_lzcnt_epi64(found.dots), _mm512_set1_epi64(48));
    __m512d divisor = _mm512_permutex2var_pd(low_powers, behind, high_powers);
    __m512d value = _mm512_div_pd(_mm512_cvtepi64_pd(found.digits), divisor);
    _mm512_storeu_pd(values + i,
                     _mm512_mask_xor_pd(value, found.minus, value, _mm512_set1_pd(-0.0)));
  }
  if (i < fields.count) {
    csv_fields rest = {fields.data,   fields.starts + i * fields.stride, fields.ends + i * fields.stride,
                       fields.stride, fields.count - i,                  fields.bias};
    size_t more = csv_parse_decimals_avx2(rest, values + i, exceptions + exception_count);
    for (size_t k = 0; k < more; k++) exceptions[exception_count + k] += (uint32_t)i;
    exception_count += more;
  }
  return exception_count;
}

size_t csv_parse_integers_avx512(csv_fields fields, int64_t *values, uint32_t *exceptions) {
  size_t exception_count = 0, i = 0;
  const __m512i zero = _mm512_setzero_si512();
  for (; i + 8 <= fields.count; i += 8) {
    const uint32_t *starts = fields.starts + i * fields.stride, *ends = fields.ends + i * fields.stride;
    eight_numbers found = read_eight(fields.data, starts, ends, fields.stride, fields.bias);
    __mmask8 dotted = _mm512_test_epi64_mask(found.dots, found.dots);
    __mmask8 minus_zero = _mm512_mask_cmpeq_epi64_mask(found.minus, found.digits, zero);
    if (__builtin_expect(!found.plain | (dotted | minus_zero), 0)) {
      csv_fields eight = {fields.data, starts, ends, fields.stride, 8, fields.bias};
      size_t more = csv_parse_integers_avx2(eight, values + i, exceptions + exception_count);
      for (size_t k = 0; k < more; k++) exceptions[exception_count + k] += (uint32_t)i;
      exception_count += more;
      continue;
    }
    _mm512_storeu_si512(values + i, _mm512_mask_sub_epi64(found.digits, found.minus, zero, found.digits));
  }
  if (i < fields.count) {
    csv_fields rest = {fields.data,   fields.starts + i * fields.stride, fields.ends + i * fields.stride,
                       fields.stride, fields.count - i,                  fields.bias};
    size_t more = csv_parse_integers_avx2(rest, values + i, exceptions + exception_count);
    for (size_t k = 0; k < more; k++) exceptions[exception_count + k] += (uint32_t)i;
    exception_count += more;
  }
  return exception_count;
}

#pragma clang attribute pop

#endif
