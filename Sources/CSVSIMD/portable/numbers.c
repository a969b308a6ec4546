// Plain numbers digit by digit, on any CPU.

#include "../kernels.h"

// Reads -?digits(.digits)? of at most 16 bytes. Returns 0 when the field has another form.
static inline int read_number(const uint8_t *text, size_t length, int *negative, uint64_t *digits, unsigned *scale,
                              int *leading_zero) {
  *negative = length > 0 && text[0] == '-';
  size_t at = (size_t)*negative;
  if (length > 16 || at >= length) return 0;
  *leading_zero = at + 1 < length && text[at] == '0' && (uint8_t)(text[at + 1] - '0') <= 9;
  uint64_t value = 0;
  unsigned digit_count = 0, dots = 0, behind_dot = 0;
  for (; at < length; at++) {
    uint8_t digit = (uint8_t)(text[at] - '0');
    if (digit <= 9) {
      value = value * 10 + digit;
      digit_count++;
      behind_dot += dots;
    } else if (text[at] == '.' && dots == 0) {
      dots = 1;
    } else {
      return 0;
    }
  }
  *digits = value;
  *scale = behind_dot;
  return digit_count > 0 && dots + digit_count + (unsigned)*negative == length;
}

size_t csv_parse_decimals_portable(csv_fields fields, double *values, uint32_t *exceptions) {
  size_t exception_count = 0;
  for (size_t i = 0; i < fields.count; i++) {
    uint32_t start = fields.starts[i * fields.stride] + fields.bias, end = fields.ends[i * fields.stride];
    int negative, leading_zero;
    uint64_t digits;
    unsigned scale;
    if (read_number(fields.data + start, end - start, &negative, &digits, &scale, &leading_zero) && !leading_zero &&
        digits <= csv_exact_integer_limit) {
      double magnitude = (double)digits / csv_powers_of_ten[scale];
      values[i] = negative ? -magnitude : magnitude;
    } else {
      exceptions[exception_count++] = (uint32_t)i;
    }
  }
  return exception_count;
}

size_t csv_parse_integers_portable(csv_fields fields, int64_t *values, uint32_t *exceptions) {
  size_t exception_count = 0;
  for (size_t i = 0; i < fields.count; i++) {
    uint32_t start = fields.starts[i * fields.stride] + fields.bias, end = fields.ends[i * fields.stride];
    int negative, leading_zero;
    uint64_t digits;
    unsigned scale;
    int plain = read_number(fields.data + start, end - start, &negative, &digits, &scale, &leading_zero);
    // A dot makes the length one more than sign and digits, also behind the last digit, as in "5.".
    for (size_t at = start; plain && at < end; at++) plain = fields.data[at] != '.';
    if (plain && !leading_zero && !(negative && digits == 0)) {
      values[i] = negative ? -(int64_t)digits : (int64_t)digits;
    } else {
      exceptions[exception_count++] = (uint32_t)i;
    }
  }
  return exception_count;
}
