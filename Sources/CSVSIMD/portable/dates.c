// Dates: ten bytes in two words, small tables, and no branch but the one that lists exceptions.
//
//   2 0 2 4 - 0 5 - 1 7     century 20, year of century 24, month 5, day 17
//
//   days = before_century[20] + before_year[leap century?][24] + before_month[leap year?][5] + 17

#include "../kernels.h"

#include <string.h>

// Whether the first year of a century is a leap year decides about all its others: one row of each table for each case.
static int32_t before_century[100];
static uint16_t before_year[2][128];
static uint8_t is_leap_year[2][128];
static uint16_t before_month[2][128];
static uint8_t days_in_month[2][128];

__attribute__((constructor)) static void fill_tables(void) {
  int32_t day = -719528;  // 0000-01-01
  for (int century = 0; century < 100; century++) {
    before_century[century] = day;
    day += 36524 + (century % 4 == 0);
  }
  for (int starts_leap = 0; starts_leap < 2; starts_leap++) {
    int before = 0;
    for (int year = 0; year < 100; year++) {
      int leap = year == 0 ? starts_leap : year % 4 == 0;
      before_year[starts_leap][year] = (uint16_t)before;
      is_leap_year[starts_leap][year] = (uint8_t)leap;
      before += 365 + leap;
    }
  }
  static const uint8_t lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int leap = 0; leap < 2; leap++) {
    int before = 0;
    for (int month = 1; month <= 12; month++) {
      int length = lengths[month] + (leap && month == 2);
      before_month[leap][month] = (uint16_t)before;
      days_in_month[leap][month] = (uint8_t)length;  // other months have no day, so that they are exceptions
      before += length;
    }
  }
}

size_t csv_parse_dates(csv_fields fields, int32_t *days, uint32_t *exceptions) {
  size_t exception_count = 0;
  for (size_t i = 0; i < fields.count; i++) {
    uint32_t start = fields.starts[i * fields.stride] + fields.bias;
    uint32_t length = fields.ends[i * fields.stride] - start;
    uint64_t head;
    uint16_t tail;
    memcpy(&head, fields.data + start, 8);
    memcpy(&tail, fields.data + start + 8, 2);
    // XOR with the wanted form leaves the digits' values, and zero for each dash.
    head ^= 0x2D30302D30303030ull;
    tail ^= 0x3030;
    // A digit above 9, or a dash that is none, carries into its byte's top bit.
    uint64_t excess = ((head + 0x7F76767F76767676ull) | head) & 0x8080808080808080ull;
    excess |= ((tail + 0x7676u) | tail) & 0x8080u;
    // Bytes 0, 2 and 5 of `pairs` are ten times a digit plus the next one.
    uint64_t pairs = head * 10 + (head >> 8);
    uint32_t century = pairs & 127, year = pairs >> 16 & 127, month = pairs >> 40 & 127;
    uint32_t day = (tail & 15u) * 10 + (tail >> 8 & 15u);
    uint32_t starts_leap = century % 4 == 0;
    century = century < 100 ? century : 0;
    uint32_t leap = is_leap_year[starts_leap][year];
    exceptions[exception_count] = (uint32_t)i;
    exception_count += (length != 10) | (excess != 0) | (day - 1 >= days_in_month[leap][month]);
    days[i] = before_century[century] + before_year[starts_leap][year] + before_month[leap][month] + (int32_t)day - 1;
  }
  return exception_count;
}
