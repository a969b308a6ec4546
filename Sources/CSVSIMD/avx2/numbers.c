// Plain numbers with 128-bit vectors, one field a step.

#if defined(__x86_64__)

#include "number_field.h"

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)

size_t csv_parse_decimals_avx2(csv_fields fields, double *values, uint32_t *exceptions) {
  size_t exception_count = 0;
  double divisor[256];
  for (size_t base = 0; base < fields.count; base += 256) {
    size_t step = fields.count - base < 256 ? fields.count - base : 256;
    const uint32_t *starts = fields.starts + base * fields.stride, *ends = fields.ends + base * fields.stride;
    double *out = values + base;
    for (size_t i = 0; i < step; i++) {
      csv_number found = csv_read_number(fields.data, starts[i * fields.stride] + fields.bias, ends[i * fields.stride]);
      exceptions[exception_count] = (uint32_t)(base + i);
      exception_count += !(found.plain & (found.digits <= csv_exact_integer_limit));
      double magnitude = (double)(int64_t)found.digits;
      out[i] = found.negative ? -magnitude : magnitude;
      divisor[i] = csv_divisors[found.dot_lane];
    }
    for (size_t i = 0; i < step; i++) out[i] /= divisor[i];
  }
  return exception_count;
}

size_t csv_parse_integers_avx2(csv_fields fields, int64_t *values, uint32_t *exceptions) {
  size_t exception_count = 0;
  for (size_t i = 0; i < fields.count; i++) {
    csv_number found =
        csv_read_number(fields.data, fields.starts[i * fields.stride] + fields.bias, fields.ends[i * fields.stride]);
    int64_t value = (int64_t)found.digits;
    exceptions[exception_count] = (uint32_t)i;
    exception_count += !(found.plain & (found.dot_lane == 16) & !(found.negative & (value == 0)));
    values[i] = found.negative ? -value : value;
  }
  return exception_count;
}

#pragma clang attribute pop

#endif
