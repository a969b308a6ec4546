// Vector kernels of the CSV reader: where the separators of a block are, and what its plain numbers say.
//
// Each kernel exists three times, chosen once per process by what the CPU can do: avx512/, avx2/ and portable/.
// All three give the same bits. The environment variable LAZYFRAME_SIMD (avx512, avx2 or portable) lowers the choice,
// so that tests can compare them on one machine.
//
// Memory rule for every kernel: CSV_SIMD_PADDING readable bytes lie before `data` and after `data + length`.

#ifndef CSV_SIMD_H
#define CSV_SIMD_H

#include <stddef.h>
#include <stdint.h>

#define CSV_SIMD_PADDING 64

// What the separator scan carries from one call to the next, and what it noticed on the way.
typedef struct {
  uint8_t delimiter;
  uint8_t quote;  // 0: the dialect has no quote character
  // The two bits of the record state machine. A quote character opens a quoted field only where `may_open` is set:
  // at the start of a field, or right after a closing quote (a doubled quote).
  uint8_t in_quote;
  uint8_t may_open;
  // Accumulated over calls; the caller clears them.
  uint8_t has_quote;
  uint8_t has_non_ascii;
  uint8_t has_nul;
  uint64_t newlines;  // separators written that end a record
} csv_scan_state;

// Writes the offset of each delimiter and newline outside quotes, ascending. Returns how many.
// `offsets` needs room for length + 64 entries, because whole vectors are stored. length must be below 2^32.
size_t csv_find_separators(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets);

// Which fields a number kernel reads: field i lies at [starts[i * stride] + bias, ends[i * stride]). The sum is of 32
// bits: the bound before the first byte is UINT32_MAX, and wraps round to 0.
typedef struct {
  const uint8_t *data;
  const uint32_t *starts;
  const uint32_t *ends;
  size_t stride;
  size_t count;
  uint32_t bias;
} csv_fields;

// Parses fields of at most 16 bytes: an optional '-', then digits with at most one dot before, between or behind them,
// whose digits without the dot are at most 2^53. The value is the nearest double, exactly. The byte behind a field must
// be no digit. Rows of another form (empty, NA, exponents, quotes, a leading zero as in 007) are listed, ascending, in
// `exceptions`, which has room for `count` entries, and are left undefined in `values`. Returns their number.
size_t csv_parse_decimals(csv_fields fields, double *values, uint32_t *exceptions);

// The same for an optional '-' and digits, of at most 16 bytes; -0, which has no integer, is an exception.
size_t csv_parse_integers(csv_fields fields, int64_t *values, uint32_t *exceptions);

// The same for YYYY-MM-DD: days since 1970-01-01. One form for all CPUs.
size_t csv_parse_dates(csv_fields fields, int32_t *days, uint32_t *exceptions);

// The variant that was chosen: "avx512", "avx2" or "portable".
const char *csv_simd_variant(void);

// One variant's kernels, to compare them with each other.
typedef struct {
  const char *name;
  size_t (*find_separators)(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets);
  size_t (*parse_decimals)(csv_fields fields, double *values, uint32_t *exceptions);
  size_t (*parse_integers)(csv_fields fields, int64_t *values, uint32_t *exceptions);
} csv_kernels;

// The variant of this name, or NULL when there is none or the CPU cannot run it.
const csv_kernels *csv_simd_kernels(const char *name);

#endif
