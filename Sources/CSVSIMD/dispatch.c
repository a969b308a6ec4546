// Chooses a variant once, by what the CPU can do.

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

#define CSV_VARIANT(name) {#name, csv_find_separators_##name, csv_parse_decimals_##name, csv_parse_integers_##name}

static const csv_kernels portable = CSV_VARIANT(portable);
static const csv_kernels *chosen = &portable;

#if defined(__x86_64__)
static const csv_kernels avx2 = CSV_VARIANT(avx2);
static const csv_kernels avx512 = CSV_VARIANT(avx512);

static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512cd");
}
#endif

const csv_kernels *csv_simd_kernels(const char *name) {
  if (strcmp(name, portable.name) == 0) return &portable;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (strcmp(name, avx2.name) == 0 && has_avx2()) return &avx2;
  if (strcmp(name, avx512.name) == 0 && has_avx512()) return &avx512;
#endif
  return NULL;
}

// Runs before main, so that no kernel pays for a check and no thread sees a half-made choice.
__attribute__((constructor)) static void csv_choose_variant(void) {
  const char *wanted = getenv("LAZYFRAME_SIMD");
  if (wanted && strcmp(wanted, portable.name) == 0) return;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (has_avx2()) chosen = &avx2;
  if (wanted && strcmp(wanted, avx2.name) == 0) return;
  if (has_avx512()) chosen = &avx512;
#endif
}

size_t csv_find_separators(const uint8_t *data, size_t length, csv_scan_state *state, uint32_t *offsets) {
  return chosen->find_separators(data, length, state, offsets);
}

size_t csv_parse_decimals(csv_fields fields, double *values, uint32_t *exceptions) {
  return chosen->parse_decimals(fields, values, exceptions);
}

size_t csv_parse_integers(csv_fields fields, int64_t *values, uint32_t *exceptions) {
  return chosen->parse_integers(fields, values, exceptions);
}

const char *csv_simd_variant(void) { return chosen->name; }
