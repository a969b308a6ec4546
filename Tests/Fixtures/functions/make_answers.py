#!/usr/bin/env python3
"""Records what DuckDB, Polars and pandas answer to calls of functions, in answers.json.

    python3 -m venv venv && venv/bin/pip install duckdb==2.0.0 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1
    venv/bin/python Tests/Fixtures/functions/make_answers.py

answers.json is committed; run this again only to change it. It is deterministic.

answers.json is an object of `columns`, each with a type and its values, and `cases`, a list of objects:
    expression  a call in our expression language, over the columns by their names
    tool        who gave the answer
    query       the same in the tool's language: SQL over a table of the columns, or a Python expression
    type        the type of the answer, one of ours
    tolerance   how far floats may be apart, relatively; 0 for the same bits
    expected    the answer for each row
    skipped     rows in which the tool differs from us on purpose, or absent; a comment beside the case says why
Floats are the strings "nan", "inf" and "-inf" where JSON has no number. Dates are days and datetimes microseconds since
1970-01-01.
"""

import json
import math
import re
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

HERE = Path(__file__).resolve().parent
DAY = 86_400_000_000


def day(year: int, month: int, number: int) -> int:
    """Days since 1970-01-01, also for years that datetime lacks (Hinnant's algorithm)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + number - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def moment(year, month, number, hour=0, minute=0, second=0, microsecond=0) -> int:
    return day(year, month, number) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond


FLOATS = [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, -2.5, 3.7, -3.7, 0.1, 7.0, -7.0, 100.0, 123.456, 0.001, 1e-300, 1e300,
          5e-324, 9007199254740993.0, math.inf, -math.inf, math.nan, None]  # fmt: skip
OTHERS = [2.0, 2.0, 0.3, 0.3, 3.0, 3.0, -0.4, -2.0, -2.0, 0.5, 0.5, 0.01, -2.0, 2.0, 7.5, -11.0, 10.0, 1.0, 3.0,
          2.0, 4.0, 2.0, math.inf, 1.0, 5.0]  # fmt: skip
INTEGERS = [0, 1, -1, 2, 7, -7, 12, 99, 100, -100, 1000003, 2**31 - 1, -(2**31), 2**53 + 1, 2**62, 2**63 - 1, -(2**63) + 1,
            None, 5, -5]  # fmt: skip
DIVISORS = [1, 2, 3, -2, 2, 2, -5, 10, 7, -7, 17, -3, 3, 10, -1, 2, 2, 3, None, -3]
SMALL = [0, 1, 2, 3, -1, -2, 4, 5, 6, 1, 2, 3, 10, 0, 1, 2, 3, None, 2, 1]
TEXTS = ["", "a", "hello world", "HELLO", "été", "e\u0301te\u0301", "日本語", "🙂🙂", "Straße", "  a b  ", "xxaxx", "a-b-c",
         "--a--b--", "12", "-12", "+7", "a text that does not fit a view, and a-b in it", "\tx\n", None, "x=1;y=22;z=333"]  # fmt: skip
DATES = [day(1970, 1, 1), day(1969, 12, 31), day(2024, 2, 29), day(2023, 2, 28), day(2024, 12, 31), day(2024, 1, 31),
         day(2000, 2, 29), day(1900, 3, 1), day(1, 1, 1), day(1600, 2, 29), day(2005, 1, 1), day(2008, 12, 29),
         day(2021, 1, 3), day(2024, 6, 30), day(9999, 12, 31), None, day(12345, 6, 7), day(1969, 1, 5), day(2026, 3, 1)]  # fmt: skip
STARTS = [day(1969, 12, 31), day(1970, 1, 1), day(2024, 1, 31), day(2024, 2, 29), day(2020, 2, 29), day(2024, 2, 29),
          day(1999, 12, 31), day(1900, 2, 28), day(2024, 1, 1), day(2000, 2, 29), day(2004, 12, 31), day(2008, 12, 28),
          day(2021, 1, 4), day(2024, 12, 31), day(1, 1, 1), day(2024, 1, 1), day(2024, 1, 31), day(1970, 1, 5),
          None]  # fmt: skip
MOMENTS = [0, -1, 1, moment(2024, 8, 18, 21, 43, 59, 500_000), moment(2024, 2, 29, 12), moment(2024, 12, 31, 23, 59, 59, 999_999),
           moment(1969, 12, 28, 0, 0, 1), moment(1900, 1, 1, 0, 7, 30), moment(1, 1, 2, 3, 4, 5, 6), moment(9999, 12, 31, 12),
           moment(2024, 1, 31, 0, 30), moment(2024, 3, 15, 11, 59, 59, 999_999), None, moment(2000, 1, 3), moment(2023, 5, 15, 13, 7, 9),
           moment(12345, 6, 7, 8, 9, 10, 11), moment(2024, 7, 2, 0, 0, 0, 1), moment(1970, 1, 5), moment(1969, 7, 20, 20, 17, 40)]  # fmt: skip
EARLIER = [-1, 0, -1, moment(2024, 8, 18, 20, 43, 59, 500_001), moment(2023, 2, 28, 12), moment(2024, 12, 31), moment(1970, 1, 1),
           moment(1899, 12, 31, 23), moment(1, 1, 1), moment(9998, 12, 31, 13), moment(2023, 12, 31, 0, 30), moment(2024, 2, 29, 12),
           moment(2000, 1, 1), None, moment(2023, 5, 15, 13, 7, 10), moment(2345, 6, 7), moment(2024, 6, 30), moment(1969, 12, 29),
           moment(1970, 1, 1)]  # fmt: skip
STAMPS = ["2024-02-29", "2023-02-29", " 2024-1-5 ", "1969-12-31", "0001-01-01", "9999-12-31", "2024-13-01", "", "x",
          "2024-02-29x", None, "2024-2", "99-01-01"]  # fmt: skip

# The row of MOMENTS beyond the year 9999.
LATE = [15]

COLUMNS = {
    "f": ("float64", FLOATS), "g": ("float64", OTHERS), "i": ("int64", INTEGERS), "j": ("int64", DIVISORS),
    "n": ("int64", SMALL), "t": ("string", TEXTS), "d": ("date", DATES), "e": ("date", STARTS), "m": ("datetime", MOMENTS),
    "s": ("datetime", EARLIER), "u": ("string", STAMPS),
}  # fmt: skip
# Only columns of equal length stand together in a call.
TABLES = [["f", "g"], ["i", "j", "n", "t"], ["d", "e", "m", "s"], ["u"]]

ARROW = {"float64": pa.float64(), "int64": pa.int64(), "string": pa.string(), "date": pa.int32(), "datetime": pa.int64()}
DUCKDB_TYPES = {"DOUBLE": "float64", "BIGINT": "int64", "INTEGER": "int64", "VARCHAR": "string", "BOOLEAN": "bool",
                "DATE": "date", "TIMESTAMP": "datetime", "TINYINT": "int64", "HUGEINT": "int64"}  # fmt: skip
POLARS_TYPES = {pl.Float64: "float64", pl.Int64: "int64", pl.Int32: "int64", pl.UInt32: "int64", pl.Int8: "int64",
                pl.Int16: "int64", pl.String: "string", pl.Boolean: "bool", pl.Date: "date", pl.UInt8: "int64"}  # fmt: skip

cases: list[dict] = []


def table_of(expression: str) -> list[str]:
    used = set(re.findall(r"(?<![\w'%$\\])([fgijntdemsu])(?![\w'(])", re.sub(r"'[^']*'", "''", expression)))
    return next(names for names in TABLES if used & set(names))


def arrow(names: list[str]) -> pa.Table:
    arrays = {}
    for name in names:
        kind, values = COLUMNS[name]
        array = pa.array(values, ARROW[kind], from_pandas=False)
        arrays[name] = array.cast({"date": pa.date32(), "datetime": pa.timestamp("us")}.get(kind, ARROW[kind]))
    return pa.table(arrays)


connection = duckdb.connect()
connection.execute("SET threads = 1")


def record(
    expression: str, tool: str, query: str, kind: str, values: list, tolerance: float, skipped: list[int] = []
) -> None:
    expected = [str(value) if isinstance(value, float) and not math.isfinite(value) else value for value in values]
    cases.append({"expression": expression, "tool": tool, "query": query, "type": kind, "tolerance": tolerance,
                  "expected": expected} | ({"skipped": skipped} if skipped else {}))  # fmt: skip


def sql(expression: str, query: str | None = None, tolerance: float = 0, skipped: list[int] = []) -> None:
    """DuckDB's answer; the query is the expression itself when it is left out."""
    query = query or expression
    connection.register("t", arrow(table_of(expression)))
    result = connection.execute(f"SELECT {query} AS r FROM t")
    kind = DUCKDB_TYPES[str(result.description[0][1])]
    wrap = {"date": "date_diff('day', DATE '1970-01-01', r)", "datetime": "epoch_us(r)"}.get(kind, "r")
    rows = connection.execute(f"SELECT {wrap} FROM (SELECT {query} AS r FROM t)").fetchall()
    record(expression, "duckdb", query, kind, [row[0] for row in rows], tolerance, skipped)


def polars(expression: str, query: str, tolerance: float = 0, skipped: list[int] = []) -> None:
    """Polars' answer: a Python expression over the columns by their names."""
    frame = pl.from_arrow(arrow(table_of(expression)))
    names = {name: pl.col(name) for name in frame.columns}
    result = frame.select(r=eval(query, {"pl": pl}, names)).to_series()
    kind = "datetime" if isinstance(result.dtype, pl.Datetime) else POLARS_TYPES[type(result.dtype)]
    if kind in ("date", "datetime"):
        result = result.to_physical()
    record(expression, "polars", query, kind, result.to_list(), tolerance, skipped)


def pandas(expression: str, query: str, kind: str) -> None:
    """pandas' answer: a Python expression over series by their names."""
    frame = arrow(table_of(expression)).to_pandas(types_mapper=pd.ArrowDtype)
    result = eval(query, {"pd": pd}, {name: frame[name] for name in frame.columns})
    record(expression, "pandas", query, kind, [None if value is pd.NA else value for value in result.tolist()], 0)


# Numbers. The libraries of mathematics differ in the last bit or two.

for name in ["atan", "sinh", "cosh", "tanh", "exp", "cbrt", "degrees", "radians"]:
    sql(f"{name}(f)", tolerance=4e-15)
for name, python in [("sin", "sin"), ("cos", "cos"), ("tan", "tan"), ("asin", "arcsin"), ("acos", "arccos"), ("ln", "log"),
                     ("log10", "log10"), ("log1p", "log1p"), ("sqrt", "sqrt")]:  # fmt: skip
    polars(f"{name}(f)", f"f.{python}()", tolerance=4e-15)
polars("log(2, f)", "f.log(2)", tolerance=4e-15)
polars("log(3, f)", "f.log(3)", tolerance=4e-15)
polars("atan2(f, g)", "pl.arctan2(f, g)", tolerance=4e-15)
polars("pow(f, 2)", "f.pow(2)", tolerance=4e-15)
for name in ["isnan", "isfinite", "isinf", "trunc", "floor", "ceil"]:
    sql(f"{name}(f)")
for digits in [0, 1, 2]:
    polars(f"round_even(f, {digits})", f"f.round({digits}, mode='half_to_even')")
for digits in [1, 2, 3, 5]:
    polars(f"round_sig_figs(f, {digits})", f"f.round_sig_figs({digits})", tolerance=1e-15)
# An infinity by a number is NaN, as in Python and NumPy.
polars("floor_div(f, g)", "f // g", skipped=[21])
polars("floor_mod(i, j)", "i % j")
polars("floor_div(i, j)", "i // j")
pandas("floor_div(i, j)", "i // j", "int64")
sql("i % j")
for name, sign in [("bitwise_and", "&"), ("bitwise_or", "|")]:
    sql(f"{name}(i, j)", f"i {sign} j")
sql("bitwise_xor(i, j)", "xor(i, j)")
sql("bitwise_not(i)", "~i")
sql("bitwise_right_shift(i, 3)", "i >> 3")
sql("bit_count(i)")
polars("bit_count(i)", "i.bitwise_count_ones()")
polars("clip(f, -1, 2.6)", "f.clip(-1, 2.6)")
polars("clip(f, null, 2.6)", "f.clip(upper_bound=2.6)")
polars("clip(f, 3, 2)", "f.clip(3, 2)")
polars("clip(i, -7, null)", "i.clip(lower_bound=-7)")
polars("clip(f, g, null)", "f.clip(lower_bound=g)")
for name in ["least", "greatest"]:
    sql(f"{name}(f, g)")
    sql(f"{name}(i, j, n)")
    sql(f"{name}(t, 'c')")
    sql(f"{name}(d, e)")
polars("least(i, j, n)", "pl.min_horizontal(i, j, n)")
polars("fill_nan(f, 0.25)", "f.fill_nan(0.25)")
polars("fill_null(f, 0.25)", "f.fill_null(0.25)")
polars("coalesce(i, 3)", "i.fill_null(3)")

# Text

# DuckDB makes a single letter of ß, and reverses characters as they are seen, where we reverse code points.
sql("upper(t)", skipped=[8])
sql("reverse(t)", skipped=[5])
for call in ["lower(t)", "length(t)", "left(t, 3)", "left(t, -2)", "left(t, n)", "right(t, 3)",
             "right(t, -2)", "right(t, n)", "trim(t, 'xa ')", "ltrim(t, ' -x')", "rtrim(t, 'éa ')", "repeat(t, n)",
             "substr(t, 2, 3)", "substr(t, -3)", "split_part(t, '-', n)", "split_part(t, '--', 2)",
             "replace(t, 'a', 'ÄÄ')", "starts_with(t, 'a')", "ends_with(t, 'x')", "contains(t, '-b')",
             "strpos(t, 'a')", "strpos(t, '語')", "strpos(t, 'o w')", "concat_ws('-', t, i, j)", "concat_ws(t, 'x', n)",
             "regexp_matches(t, '^[a-h]+')", "regexp_matches(t, '(?i)hello')", "regexp_matches(t, 'a.b$|^é')",
             "regexp_replace(t, 'zz*', 'y')"]:  # fmt: skip
    sql(call)
sql("octet_length(t)", "strlen(t)")
sql("regexp_replace_first(t, '[aeio]', '<$0>')", "regexp_replace(t, '[aeio]', '<\\0>')")
sql("regexp_replace(t, '(.)([a-z])', '$2$1')", "regexp_replace(t, '(.)([a-z])', '\\2\\1', 'g')")
# DuckDB gives an empty text where there is no match, and we null.
sql("coalesce(regexp_extract(t, '[a-z]=([0-9]+)', 1), case when t is not null then '' end)",
    "regexp_extract(t, '[a-z]=([0-9]+)', 1)")  # fmt: skip
polars("regexp_extract(t, '([a-z])=([0-9]+)', 2)", "t.str.extract('([a-z])=([0-9]+)', 2)")
# Whether a combining mark belongs to a word depends on the version of PCRE2.
polars("regexp_extract(t, '\\w+', 0)", "t.str.extract('\\\\w+', 0)", skipped=[5])
polars("regexp_extract(t, '(z)?b', 1)", "t.str.extract('(z)?b', 1)")
polars("regexp_count(t, '\\w')", "t.str.count_matches('\\\\w')", skipped=[5])
polars("regexp_count(t, '[0-9]+')", "t.str.count_matches('[0-9]+')")
polars("regexp_replace(t, '(?<first>\\w)-', '${first}+$$')", "t.str.replace_all('(?<first>\\\\w)-', '${first}+$$')")
polars("occurrences(t, 'a')", "t.str.count_matches('a', literal=True)")
polars("occurrences(t, '🙂')", "t.str.count_matches('🙂', literal=True)")
polars("replace_first(t, 'l', 'LL')", "t.str.replace('l', 'LL', literal=True)")
polars("strip_prefix(t, 'a')", "t.str.strip_prefix('a')")
polars("strip_suffix(t, 'x')", "t.str.strip_suffix('x')")
polars("strip_suffix(t, '語')", "t.str.strip_suffix('語')")
polars("pad_start(t, 6, 'é')", "t.str.pad_start(6, 'é')")
polars("pad_end(t, 6)", "t.str.pad_end(6)")
polars("zfill(t, 5)", "t.str.zfill(5)")
polars("trim(t)", "t.str.strip_chars()")
polars("ltrim(t)", "t.str.strip_chars_start()")
polars("rtrim(t)", "t.str.strip_chars_end()")
polars("octet_length(t)", "t.str.len_bytes()")

# Dates and moments. DuckDB writes a year before 1 without zeros, and gives datetimes where dates are cut.

for name in ["year", "isoyear", "quarter", "month", "week", "day", "dayofyear", "monthname", "dayname", "last_day"]:
    sql(f"{name}(d)")
    sql(f"{name}(m)")
sql("weekday(d)", "isodow(d)")
polars("is_leap_year(d)", "d.dt.is_leap_year()")
polars("days_in_month(d)", "d.dt.days_in_month()")
polars("hour(m)", "m.dt.hour()")
polars("minute(m)", "m.dt.minute()")
polars("second(m)", "m.dt.second()")
polars("millisecond(m)", "m.dt.millisecond()")
polars("microsecond(m)", "m.dt.microsecond()")
polars("epoch(m)", "m.dt.epoch('s')")
polars("epoch_ms(m)", "m.dt.epoch('ms')")
sql("epoch_us(m)")
sql("epoch_ms(d)")

for window in ["15m", "7m", "2h", "7h", "1d", "5d", "1w", "2w", "3w", "1mo", "5mo", "7mo", "1q", "2q", "1y", "3y", "7y", "90s",
               "250ms", "7us"]:  # fmt: skip
    polars(f"date_trunc('{window}', m)", f"m.dt.truncate('{window}')")
    if window[-1] in "dwoqy":
        polars(f"date_trunc('{window}', d)", f"d.dt.truncate('{window}')")
for window in ["15m", "7m", "2h", "1d", "1w", "2w", "250ms"]:
    polars(f"date_round('{window}', m)", f"m.dt.round('{window}')")
for interval in ["1mo", "-1mo", "1y3mo", "-2d", "-1mo2d", "1d12h", "1y", "13mo", "1w", "1q", "1mo1d", "-90m", "5us"]:
    polars(f"offset_by(m, '{interval}')", f"m.dt.offset_by('{interval}')")
    if "m" != interval[-1] and interval[-1] not in "hs":
        polars(f"offset_by(d, '{interval}')", f"d.dt.offset_by('{interval}')")
for unit in ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond"]:
    sql(f"date_trunc('{unit}', m)")
    # We count Mondays, and DuckDB something else.
    if unit != "week":
        sql(f"date_diff('{unit}', s, m)")
    sql(f"date_sub('{unit}', s, m)")
    if unit in ("year", "quarter", "month", "week", "day"):
        sql(f"date_sub('{unit}', e, d)")
        if unit != "week":
            sql(f"date_diff('{unit}', e, d)")
for codes in ["%Y-%m-%d", "%y|%m|%d|%j", "%H:%M:%S.%f", "%I %p", "%a %A %b %B", "%u %w", "%G-W%V-%u", "%U %W", "100%%",
              "%-d.%-m.%-y %-H:%-M:%-S %-I %-j", "%h"]:  # fmt: skip
    sql(f"strftime(m, '{codes}')")
    sql(f"strftime(d, '{codes}')")
for codes in ["%F", "%F %T", "%D %R", "%r", "%c", "%C%y", "%e|%k|%l", "%P", "%s", "%3f", "%n%t%h", "%_d %_m %_H", "%x %X",
              "%g"]:  # fmt: skip
    # Polars writes a plus sign before years beyond 9999.
    polars(f"strftime(m, '{codes}')", f"m.dt.strftime('{codes}')", skipped=LATE)
sql("try_strptime(u, '%Y-%m-%d')")
sql("try_strptime(strftime(m, '%d.%m.%Y %H:%M:%S.%f'), '%d.%m.%Y %H:%M:%S.%f')",
    "CASE WHEN year(m) < 10000 THEN try_strptime(strftime(m, '%d.%m.%Y %H:%M:%S.%f'), '%d.%m.%Y %H:%M:%S.%f') ELSE m END")  # fmt: skip
sql("try_strptime(strftime(d, '%B %-d, %Y'), '%B %d, %Y')",
    "CASE WHEN year(d) < 10000 THEN try_strptime(strftime(d, '%B %-d, %Y'), '%B %d, %Y') ELSE CAST(d AS TIMESTAMP) END")  # fmt: skip
sql("try_strptime(strftime(d, '%Y %j'), '%Y %j')",
    "CASE WHEN year(d) < 10000 THEN try_strptime(strftime(d, '%Y %j'), '%Y %j') ELSE CAST(d AS TIMESTAMP) END")  # fmt: skip
sql("make_date(year(d), month(d), day(d))")
sql("make_timestamp(year(m), month(m), day(m), hour(m), minute(m), 1.25)")


def cell(value, kind: str):
    return str(value) if kind == "float64" and value is not None and not math.isfinite(value) else value


columns = {name: {"type": kind, "values": [cell(value, kind) for value in values]} for name, (kind, values) in COLUMNS.items()}
lines = [json.dumps(case, ensure_ascii=False, allow_nan=False) for case in cases]
heads = [f"{json.dumps(name)}: {json.dumps(column, ensure_ascii=False, allow_nan=False)}" for name, column in columns.items()]
text = '{"columns": {\n' + ",\n".join(heads) + '\n},\n"cases": [\n' + ",\n".join(lines) + "\n]}\n"
(HERE / "answers.json").write_text(text, encoding="utf-8")
print(f"{len(cases)} cases, {len(text.encode()) / 1000:.0f} KB")
