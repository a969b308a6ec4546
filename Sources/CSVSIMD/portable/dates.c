// Dates: ten bytes in two words and small tables.
//
//   2 0 2 4 - 0 5 - 1 7     century 20, year of century 24, month 5, day 17
//
//   days = before_century[20] + before_year[leap century?][24] + before_month[leap year?][5] + 17
//
// Dates that follow each other are mostly of one month, so the sum of the first three is kept from one field to the next.

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

// What is known of the month that `head`, eight bytes such as "2024-05-", names.
typedef struct {
  uint64_t head;
  int32_t start;      // the day before its first
  uint32_t last_day;  // 0 when the bytes name no month
} csv_month;

static csv_month read_month(uint64_t head) {
  // XOR with the wanted form leaves the digits' values, and zero for each dash.
  uint64_t digits = head ^ 0x2D30302D30303030ull;
  // A digit above 9, or a dash that is none, carries into its byte's top bit.
  uint64_t excess = ((digits + 0x7F76767F76767676ull) | digits) & 0x8080808080808080ull;
  if (excess) return (csv_month){head, 0, 0};
  // Bytes 0, 2 and 5 of `pairs` are ten times a digit plus the next one.
  uint64_t pairs = digits * 10 + (digits >> 8);
  uint32_t century = pairs & 127, year = pairs >> 16 & 127, month = pairs >> 40 & 127;
  uint32_t starts_leap = century % 4 == 0;
  uint32_t leap = is_leap_year[starts_leap][year];
  int32_t start = before_century[century] + before_year[starts_leap][year] + before_month[leap][month] - 1;
  return (csv_month){head, start, days_in_month[leap][month]};
}

size_t csv_parse_dates(csv_fields fields, int32_t *days, uint32_t *exceptions) {
  size_t exception_count = 0;
  csv_month month = {0, 0, 0};  // no text begins with eight NULs
  for (size_t i = 0; i < fields.count; i++) {
    uint32_t start = fields.starts[i * fields.stride] + fields.bias;
    uint32_t length = fields.ends[i * fields.stride] - start;
    uint64_t head;
    memcpy(&head, fields.data + start, 8);
    if (head != month.head) month = read_month(head);
    uint32_t tens = (uint32_t)fields.data[start + 8] - '0', ones = (uint32_t)fields.data[start + 9] - '0';
    uint32_t day = tens * 10 + ones;
    exceptions[exception_count] = (uint32_t)i;
    exception_count += (length != 10) | (tens > 9) | (ones > 9) | (day - 1 >= month.last_day);
    days[i] = month.start + (int32_t)day;
  }
  return exception_count;
}
