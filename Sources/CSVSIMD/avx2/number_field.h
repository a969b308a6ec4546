// One plain number, read with 128-bit vectors and without a loop over its digits.
//
// The sixteen bytes that end at the field's end are loaded, so that the last digit is always in lane 15:
//
//   lane        0 ....                                   15
//   loaded      2 5 , T I G R , - 1 2 . 3 4 5 6              the field is -12.3456
//   digits      0 0 0 0 0 0 0 0 0 1 2 0 3 4 5 6              minus '0', everything else cleared
//   closed up   0 0 0 0 0 0 0 0 0 0 1 2 3 4 5 6              lanes up to the dot move one to the right
//
// Three multiply-adds then join 1-digit lanes to 2, 4 and 8 digits, and the two halves of 8 give the integer 123456.
// Its double is exact up to 2^53, and so is the power of ten, so their quotient is the nearest double.
// (Clinger, "How to read floating point numbers accurately", 1990.)

#ifndef CSV_SIMD_NUMBER_FIELD_H
#define CSV_SIMD_NUMBER_FIELD_H

#include "../kernels.h"

#include <immintrin.h>

#define N 0x80  // a lane that becomes zero

// Row p closes the gap that a dot in lane p leaves; row 16 leaves all as it is.
static const uint8_t csv_close_gap[17][16] __attribute__((aligned(16))) = {
    {N, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {N, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {N, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {N, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {N, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {N, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {N, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {N, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15},
    {N, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15}, {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15},
    {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15},  {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15},
    {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15},  {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15},
    {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15},  {N, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
};

#undef N

// Sixteen bytes from `length` on: the lanes that belong to a field of that length.
static const uint8_t csv_field_lanes[32] = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

// By lane of the dot, 16 for none: ten to the number of digits behind it.
static const double csv_divisors[17] = {1e15, 1e14, 1e13, 1e12, 1e11, 1e10, 1e9, 1e8, 1e7,
                                        1e6,  1e5,  1e4,  1e3,  1e2,  1e1,  1e0, 1e0};

typedef struct {
  uint64_t digits;
  unsigned dot_lane;  // 16: no dot
  unsigned negative;
  int plain;
} csv_number;

__attribute__((target("avx2,bmi,bmi2"))) static inline csv_number csv_read_number(const uint8_t *data, uint32_t start,
                                                                                  uint32_t end) {
  csv_number result;
  uint32_t length = end - start;
  const uint8_t *text = data + start;
  unsigned negative = (text[0] == '-') & (length != 0);
  // The byte behind the field is no digit, so a lone zero is not taken for a leading one.
  unsigned leading_zero = (text[negative] == '0') & ((uint8_t)(text[negative + 1] - '0') <= 9);
  uint32_t clipped = length < 16 ? length : 16;
  __m128i bytes = _mm_loadu_si128((const __m128i *)(data + end - 16));
  __m128i lanes = _mm_loadu_si128((const __m128i *)(csv_field_lanes + clipped));
  __m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i is_digit = _mm_and_si128(_mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8(9)), shifted), lanes);
  __m128i is_dot = _mm_and_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')), lanes);
  uint32_t digit_mask = (uint32_t)_mm_movemask_epi8(is_digit);
  uint32_t dot_mask = (uint32_t)_mm_movemask_epi8(is_dot);
  uint32_t expected = (0xFFFF0000u >> (clipped - negative)) & 0xFFFF;
  unsigned dot_lane = (unsigned)_tzcnt_u32(dot_mask | 0x10000);
  result.plain = (length - 1 < 16) & ((digit_mask | dot_mask) == expected) & (digit_mask != 0) &
                 ((dot_mask & (dot_mask - 1)) == 0) & (leading_zero == 0);
  __m128i closed = _mm_shuffle_epi8(_mm_and_si128(shifted, is_digit),
                                    _mm_load_si128((const __m128i *)csv_close_gap[dot_lane]));
  __m128i by_two = _mm_maddubs_epi16(closed, _mm_set1_epi16(0x010A));                // 10, 1
  __m128i by_four = _mm_madd_epi16(by_two, _mm_set1_epi32(0x00010064));              // 100, 1
  __m128i by_eight = _mm_madd_epi16(_mm_packus_epi32(by_four, by_four), _mm_set1_epi32(0x00012710));  // 10000, 1
  uint64_t halves = (uint64_t)_mm_cvtsi128_si64(by_eight);
  result.digits = (halves & 0xFFFFFFFF) * 100000000 + (halves >> 32);
  result.dot_lane = dot_lane;
  result.negative = negative;
  return result;
}

#endif
