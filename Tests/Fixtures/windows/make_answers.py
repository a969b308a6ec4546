#!/usr/bin/env python3
"""Records what DuckDB, Polars and pandas answer to windows, in answers.json.

    python3 -m venv venv && venv/bin/pip install duckdb==2.0.0 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1
    venv/bin/python Tests/Fixtures/windows/make_answers.py

answers.json is committed; run this again only to change it. It is deterministic.

answers.json is an object of `tables`, each an object of columns with a type and values, and `cases`, a list of objects:
    table       the name of the table
    expression  in our expression language
    tool        who gave the answer
    query       the same in the tool's language: SQL, or a Python expression; `r` is the number of the row
    type        the type of the answer, one of ours
    tolerance   how far floats may be apart, relatively; 0 for the same bits
    expected    the answer for each row
Floats are the strings "nan", "inf" and "-inf" where JSON has no number. Datetimes are microseconds since 1970-01-01.
"""

import json
import math
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

HERE = Path(__file__).resolve().parent
DAY = 86_400_000_000
N = None

MIXED = {
    # Duplicate and null keys, nulls and NaN among the values, ties, times in no order, some of them equal or null.
    "k": ("string", ["a", "b", "a", N, "a", "b", "b", N, "a", "c", "a long key that fits no view", "b", "a", N, "a", "b"]),
    "j": ("int64", [1, 1, 1, 2, 2, 2, 1, 1, N, N, 1, 2, 1, 2, 1, 2]),
    "x": ("float64", [1.5, N, 2.5, 4.0, -1.0, 3.0, N, 0.5, 2.5, 7.0, 9.0, 3.0, N, N, 1e16, -2.25]),
    "n": ("float64", [1.0, 2.0, math.nan, 4.0, 0.5, N, 3.0, math.nan, 2.0, 1.0, math.inf, 5.0, -math.inf, 2.0, 3.0, 4.0]),
    "i": ("int64", [3, 1, 4, 1, 5, 9, 2, N, 5, 3, 5, 8, 9, N, 9, 3]),
    "s": ("string", ["pear", "fig", N, "apple", "fig", "a text that is longer than a view", "fig", "kiwi", "apple", N, "z", "y", "", "b", "a text that is longer than a vine", "b"]),
    "t": ("datetime", [5 * DAY, 3 * DAY, 1 * DAY, 9 * DAY, 1 * DAY, 3 * DAY + 1, 8 * DAY, 2 * DAY, N, 4 * DAY, 4 * DAY, 10 * DAY, 12 * DAY, 2 * DAY, 30 * DAY, 11 * DAY]),
    # Times in order.
    "m": ("datetime", [0, 0, DAY, DAY + 1, 2 * DAY, 2 * DAY, 5 * DAY, 6 * DAY, 6 * DAY + 3, 7 * DAY, 8 * DAY, 8 * DAY, 9 * DAY, 31 * DAY, 40 * DAY, 40 * DAY]),
}
TABLES = {
    "mixed": MIXED,
    "one": {name: (kind, values[:1]) for name, (kind, values) in MIXED.items()},
    "empty": {name: (kind, []) for name, (kind, values) in MIXED.items()},
    "nulls": {name: (kind, [N] * 5) for name, (kind, values) in MIXED.items()},
}
TYPES = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "datetime": pa.timestamp("us")}
cases = []


def arrow(table: str) -> pa.Table:
    columns = {name: pa.array(values, TYPES[kind]) for name, (kind, values) in TABLES[table].items()}
    columns["r"] = pa.array(range(len(TABLES[table]["k"][1])), pa.int64())
    return pa.table(columns)


def kind_of(text: str) -> str:
    known = {"BIGINT": "int64", "DOUBLE": "float64", "VARCHAR": "string", "TIMESTAMP": "datetime", "INTERVAL": "duration"}
    return known[text]


def record(table, expression, tool, query, kind, values, tolerance):
    values = [None if value is None else cell(value, kind) for value in values]
    cases.append(dict(table=table, expression=expression, tool=tool, query=query, type=kind, tolerance=tolerance, expected=values))


def cell(value, kind):
    if kind == "float64":
        value = float(value)
        return "nan" if math.isnan(value) else "inf" if value == math.inf else "-inf" if value == -math.inf else value
    if kind == "string":
        return value
    if kind in ("datetime", "duration"):
        return int(pd.Timestamp(value).value // 1000) if kind == "datetime" else int(pd.Timedelta(value).value // 1000)
    return int(value)


def sql(expression: str, query: str, tolerance: float = 0, tables=tuple(TABLES)) -> None:
    for table in tables:
        data = arrow(table)
        result = duckdb.sql(f"select {query} as answer from data order by r")
        record(table, expression, "DuckDB", query, kind_of(str(result.types[0])), [row[0] for row in result.fetchall()], tolerance)


def polars(expression: str, query: str, kind: str, tolerance: float = 0, tables=tuple(TABLES)) -> None:
    for table in tables:
        frame = pl.from_arrow(arrow(table))
        answer = frame.select(eval(query, {"pl": pl, "c": pl.col}).alias("answer"))["answer"].to_list()
        record(table, expression, "Polars", query, kind, answer, tolerance)


def pandas(expression: str, query: str, kind: str, tolerance: float = 0, tables=("mixed", "one")) -> None:
    """Only over columns without NaN, which pandas takes for null."""
    for table in tables:
        frame = arrow(table).to_pandas()
        answer = eval(query, {"d": frame, "pd": pd})
        record(table, expression, "pandas", query, kind, [None if pd.isna(v) else v for v in answer], tolerance)


FRAMES = [
    ("", "order by r"),
    ("partition by k, j", "partition by k, j order by r"),
    ("partition by k order by t", "partition by k order by t nulls last, r"),
    ("partition by k order by t desc", "partition by k order by t desc nulls last, r"),
    ("order by s desc, i", "order by s desc nulls last, i nulls last, r"),
    ("partition by i % 2 order by n", "partition by i % 2 order by n nulls last, r"),
]

WHOLE = "rows between unbounded preceding and unbounded following"
for ours, theirs in FRAMES:
    over = f"over ({ours})"
    whole, up_to = f"over ({theirs} {WHOLE})", f"over ({theirs} rows between unbounded preceding and current row)"
    # Aggregates are of the whole group.
    sql(f"sum(x) {over}", f"sum(x) {whole}", 1e-15)
    sql(f"mean(n) {over}", f"avg(n) {whole}", 1e-14)
    sql(f"sum(i) {over}", f"cast(sum(i) {whole} as bigint)")
    sql(f"min(s) {over}", f"min(s) {whole}")
    sql(f"max(n) {over}", f"max(n) {whole}")
    sql(f"count(x) {over}", f"count(x) {whole}")
    sql(f"count() {over}", f"count(*) {whole}")
    sql(f"count_distinct(i) {over}", f"count(distinct i) {whole}")
    sql(f"std(i) {over}", f"stddev_samp(i) {whole}", 1e-14)
    sql(f"median(i) {over}", f"median(i) {whole}")
    sql(f"quantile(x, 0.3) {over}", f"quantile_cont(x, 0.3) {whole}", 1e-15)
    sql(f"first(s) {over}", f"first_value(s ignore nulls) {whole}")
    sql(f"last(i) {over}", f"last_value(i ignore nulls) {whole}")
    # Neighbours.
    sql(f"lag(s) {over}", f"lag(s) over ({theirs})")
    sql(f"lag(x, 2) {over}", f"lag(x, 2) over ({theirs})")
    sql(f"lead(i, 3, -1) {over}", f"lead(i, 3, -1) over ({theirs})")
    sql(f"lag(s, 1, s || '!') {over}", f"coalesce(case when row_number() over ({theirs}) > 1 then lag(s) over ({theirs}) else s || '!' end, null)")
    sql(f"shift(t, -1) {over}", f"lead(t) over ({theirs})")
    sql(f"diff(i) {over}", f"i - lag(i) over ({theirs})")
    sql(f"diff(x, -2) {over}", f"x - lead(x, 2) over ({theirs})")
    sql(f"pct_change(i, 2) {over}", f"i / lag(i, 2) over ({theirs}) - 1")
    # Up to a row; a null stays null.
    sql(f"cum_sum(i) {over}", f"case when i is null then null else cast(sum(i) {up_to} as bigint) end")
    sql(f"cum_sum(x) {over}", f"case when x is null then null else sum(x) {up_to} end", 1e-15)
    sql(f"cum_max(n) {over}", f"case when n is null then null else max(n) {up_to} end")
    sql(f"cum_min(s) {over}", f"case when s is null then null else min(s) {up_to} end")
    sql(f"cum_count(x) {over}", f"count(x) {up_to}")
    sql(f"row_number() {over}", f"row_number() over ({theirs})")
    sql(f"forward_fill(s) {over}", f"last_value(s ignore nulls) {up_to}")
    sql(f"backward_fill(x) {over}", f"first_value(x ignore nulls) over ({theirs} rows between current row and unbounded following)")
    sql(f"fill_mean(i) {over}", f"coalesce(i, avg(i) {whole})", 1e-15)
    sql(f"fill_max(s) {over}", f"coalesce(s, max(s) {whole})")
    # Rolling over rows.
    for rows, minimum in [(1, 1), (3, 3), (4, 2), (100, 1)]:
        rolling = f"over ({theirs} rows between {rows - 1} preceding and current row)"
        def enough(name, answer): return f"case when count({name}) {rolling} >= {minimum} then {answer} end"
        call = f"{rows}) " if rows == minimum else f"{rows}, {minimum}) "
        sql(f"rolling_sum(i, {call}{over}", enough("i", f"cast(sum(i) {rolling} as bigint)"))
        sql(f"rolling_mean(i, {call}{over}", enough("i", f"avg(i) {rolling}"), 1e-15)
        sql(f"rolling_min(s, {call}{over}", enough("s", f"min(s) {rolling}"))
        sql(f"rolling_max(n, {call}{over}", enough("n", f"max(n) {rolling}"))
        sql(f"rolling_count(x, {call}{over}", enough("x", f"count(x) {rolling}"))
        sql(f"rolling_median(i, {call}{over}", enough("i", f"median(i) {rolling}"))
        sql(f"rolling_quantile(x, 0.3, {call}{over}", enough("x", f"quantile_cont(x, 0.3) {rolling}"), 1e-15)
        sql(f"rolling_std(i, {call}{over}", enough("i", f"stddev_samp(i) {rolling}"), 1e-14)
        sql(f"rolling_var(i, {call}{over}", enough("i", f"var_samp(i) {rolling}"), 1e-14)

for order in ["t", "i, s", "s", "n", "x desc", "t, i desc"]:
    nulls_last = ", ".join(f"{key} nulls last" for key in order.split(", "))
    for keys in ["", "partition by k "]:
        sql(f"rank() over ({keys}order by {order})", f"rank() over ({keys}order by {nulls_last})")
        sql(f"dense_rank() over ({keys}order by {order})", f"dense_rank() over ({keys}order by {nulls_last})")

# Rolling over time: (t - w, t], so that DuckDB's closed range is a microsecond shorter. A row without a time has no window.
SPANS = [("2d", "1 day 23:59:59.999999"), ("7d", "6 days 23:59:59.999999"), ("1us", "0 days"), ("36h", "35:59:59.999999")]
for span, closed in SPANS:
    for keys in ["", "partition by k "]:
        rolling = f"over ({keys}order by t range between interval '{closed}' preceding and current row)"
        over = f"over ({keys}order by t)"
        def timed(answer): return f"case when t is not null then {answer} {rolling} end"
        sql(f"rolling_sum(x, t, '{span}') {over}", timed("sum(x)"), 1e-15)
        sql(f"rolling_min(i, t, '{span}') {over}", timed("min(i)"))
        sql(f"rolling_median(i, t, '{span}') {over}", timed("median(i)"))
        sql(f"rolling_mean(n, t, '{span}') {over}", timed("avg(n)"), 1e-15)
        sql(f"rolling_max(s, t, '{span}') {over}", timed("max(s)"))
        rolling = rolling.replace("order by t", "order by m")
        sql(f"rolling_sum(x, m, '{span}')" + (f" over ({keys.strip()})" if keys else ""), f"case when m is not null then sum(x) {rolling} end", 1e-15)
MONTH = "over (order by m range between interval '1 month' preceding and current row)"
sql("rolling_count(i, m, '1mo')", f"nullif(count(i) {MONTH} - count(i) over (order by m range between interval '1 month' preceding and interval '1 month' preceding), 0)", tables=("mixed",))

for method in ["average", "min", "max", "dense", "ordinal"]:
    for name in ["i", "n", "s"]:
        for descending in [False, True]:
            end = ", 'desc')" if descending else ")"
            kind = "float64" if method == "average" else "int64"
            call = f"c('{name}').rank('{method}', descending={descending})"
            polars(f"rank({name}, '{method}'{end}", call, kind)
            polars(f"rank({name}, '{method}'{end} over (partition by k)", call + ".over('k')", kind)
for over, tail in [("", ""), (" over (partition by j)", ".over('j')")]:
    polars("cum_prod(x)" + over, "c('x').cum_prod()" + tail, "float64", 1e-15)
    polars("cum_prod(i)" + over, "c('i').cum_prod()" + tail, "int64")
    polars("cum_count(s)" + over, "c('s').cum_count()" + tail, "int64")
    polars("cum_sum(i)" + over, "c('i').cum_sum()" + tail, "int64")
    polars("forward_fill(i, 1)" + over, "c('i').forward_fill(1)" + tail, "int64")
    polars("backward_fill(x, 1)" + over, "c('x').backward_fill(1)" + tail, "float64")
    polars("shift(x, 2, 0.0)" + over, "c('x').shift(2, fill_value=0.0)" + tail, "float64")
    polars("diff(t)" + over, "c('t').diff()" + tail, "duration")
    polars("rolling_mean(i, 3, 2)" + over, "c('i').rolling_mean(3, min_samples=2)" + tail, "float64", 1e-15)
polars("x - mean(x) over (partition by k)", "c('x') - c('x').mean().over('k')", "float64", 1e-15)
polars("rolling_mean(i, m, '3d')", "c('i').rolling_mean_by('m', '3d')", "float64", 1e-15, tables=("mixed", "one"))
polars("rolling_max(x, m, '1mo')", "c('x').rolling_max_by('m', '1mo')", "float64", tables=("mixed", "one"))
polars("rolling_std(i, m, '1w', 2)", "c('i').rolling_std_by('m', '1w', min_samples=2)", "float64", 1e-14, tables=("mixed", "one"))
pandas("rolling_var(x, 3, 2)", "d.x.iloc[:14].rolling(3, min_periods=2).var()", "float64", 1e-12, tables=("one",))
pandas("rolling_median(x, 5, 1)", "d.x.rolling(5, min_periods=1).median()", "float64")
pandas("rolling_quantile(i, 0.9, 4, 2)", "d.i.rolling(4, min_periods=2).quantile(0.9)", "float64", 1e-15)
pandas("rank(i, 'average') over (partition by k)", "d.groupby('k', dropna=False).i.rank()", "float64")
pandas("pct_change(x) over (partition by k)", "d.groupby('k', dropna=False).x.pct_change(fill_method=None)", "float64", 1e-15)

lines = [json.dumps(case, ensure_ascii=False, allow_nan=False) for case in cases]
tables = {
    name: {column: {"type": kind, "values": [None if v is None else cell(v, kind if kind == "float64" else "string") for v in values]} for column, (kind, values) in table.items()}
    for name, table in TABLES.items()
}
text = '{"tables": ' + json.dumps(tables, ensure_ascii=False, allow_nan=False) + ',\n"cases": [\n' + ",\n".join(lines) + "\n]}\n"
(HERE / "answers.json").write_text(text, encoding="utf-8")
print(len(cases), "cases")
