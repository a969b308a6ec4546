#!/usr/bin/env python3
"""Records what DuckDB and pandas answer to aggregates, in answers.json.

    python3 -m venv venv && venv/bin/pip install duckdb==2.0.0 pandas==3.1.1 pyarrow==26.0.1
    venv/bin/python Tests/Fixtures/aggregates/make_answers.py

answers.json is committed; run this again only to change it. It is deterministic.

answers.json is an object of `columns`, each with a type and its values, and `cases`, a list of objects:
    expression  an aggregate in our expression language, of the groups of column k
    tool        who gave the answer
    query       the same in the tool's language
    type        the type of the answer, one of ours
    tolerance   how far floats may be apart, relatively; 0 for the same bits
    expected    the answer for each group, in the order of their keys
Floats are the strings "nan", "inf" and "-inf" where JSON has no number.
"""

import json
import math
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

HERE = Path(__file__).resolve().parent
LONG = "a text that does not fit a view: "

# Groups: 1 usual, 2 one row, 3 all null, 4 equal values, 5 extremes, 6 and 7 long ones in turns.
ROWS = [
    (1, 1.5, 10, "b", 2.0, True), (1, -2.0, 20, "a", 1.0, False), (2, 7.25, 5, "日本語", 0.5, True),
    (1, None, 30, "b", 1.0, True), (3, None, None, None, None, None), (1, 4.0, None, None, 3.0, None),
    (4, 0.1, 3, "same", 1.0, True), (4, 0.1, 3, "same", 1.0, True), (3, None, None, None, 1.0, None),
    (5, math.inf, 2**62, LONG + "1", 1.0, True), (5, 1e300, -(2**62), LONG + "0", 2.0, False),
    (4, 0.1, 3, "same", 2.0, True), (5, -1e300, 0, "", 1.0, None), (4, 0.1, 3, "same", 2.0, None), (1, 9.0, 40, "é", 1.0, False),
    (1, 1.5, 10, LONG + "2", 4.0, True),
] + [(6 + i % 2, ((i * 7919) % 101) / 8 - 3, (i * 31) % 17, f"{LONG}{(i * 13) % 11}", 1 + i % 3, i % 5 < 3)
     for i in range(400)]  # fmt: skip
COLUMNS = {"k": "int64", "x": "float64", "i": "int64", "s": "string", "w": "float64", "b": "bool"}
ARROW = {"int64": pa.int64(), "float64": pa.float64(), "string": pa.string(), "bool": pa.bool_()}

table = pa.table(
    {name: pa.array([row[place] for row in ROWS], ARROW[kind], from_pandas=False) for place, (name, kind) in enumerate(COLUMNS.items())}
    | {"row": pa.array(range(len(ROWS)))}
)
frame = table.to_pandas()
connection = duckdb.connect()
connection.register("t", table)
cases: list[dict] = []


def cell(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return [cell(item) for item in value] if isinstance(value, list) else value


def sql(expression: str, query: str, kind: str, tolerance: float = 0, groups: str = "1, 2, 3, 4, 5, 6, 7") -> None:
    """An aggregate in DuckDB, over the rows in their order."""
    rows = connection.execute(
        f"SELECT k, {query} FROM (SELECT * FROM t ORDER BY row) WHERE k IN ({groups}) GROUP BY k ORDER BY k"
    ).fetchall()
    keep(expression, "DuckDB", query, kind, tolerance, [key for key, _ in rows], [value for _, value in rows])


def pandas(expression: str, query: str, kind: str, tolerance: float = 0, keys=(1, 2, 3, 4, 5, 6, 7)) -> None:
    """An aggregate in pandas: `g` is the group's rows. Where it has no value, NaN, we have null."""
    values = [eval(query, {"g": frame[frame.k == key], "pd": pd}) for key in keys]
    values = [None if isinstance(value, float) and math.isnan(value) else value for value in values]
    keep(expression, "pandas", query, kind, tolerance, list(keys), [getattr(value, "item", lambda: value)() for value in values])


def keep(expression, tool, query, kind, tolerance, keys, values) -> None:
    cases.append({"expression": expression, "tool": tool, "query": query, "type": kind, "tolerance": tolerance,
                  "keys": keys, "expected": [cell(value) for value in values]})  # fmt: skip


FINITE = (1, 2, 3, 4, 6, 7)
USUAL = (1, 2, 3, 6, 7)
ROUND = 1e-12
WITHOUT = "1, 2, 3, 4, 6, 7"

# Where there is no value, we have an empty list and DuckDB null.
for name, function, order in [("top", "max", "DESC"), ("bottom", "min", "ASC")]:
    for column, kind in [("x", "float64"), ("i", "int64"), ("s", "string")]:
        for count in [1, 2, 3, 20, 300]:
            sql(f"{name}({column}, {count})", f"coalesce({function}({column}, {count}), [])", f"list({kind})")
for column, kind in [("x", "float64"), ("s", "string"), ("b", "bool")]:
    sql(f"list({column})", f"list({column} ORDER BY row)", f"list({kind})")
    sql(f"first_row({column})", f"first({column} ORDER BY row)", kind)
    sql(f"last_row({column})", f"last({column} ORDER BY row)", kind)
    sql(f"null_count({column})", f"count(*) - count({column})", "int64")
    sql(f"arg_min({column}, i)", f"arg_min({column}, i ORDER BY row)", kind)
    sql(f"arg_max({column}, i)", f"arg_max({column}, i ORDER BY row)", kind)
    sql(f"arg_min({column}, s)", f"arg_min({column}, s ORDER BY row)", kind)
    sql(f"mode({column})", f"mode({column} ORDER BY row)", kind)
    sql(f"count_distinct({column})", f"count(DISTINCT {column})", "int64")
    sql(f"approx_count_distinct({column})", f"count(DISTINCT {column})", "int64")
sql("string_agg(s, ', ')", "string_agg(s, ', ' ORDER BY row)", "string")
sql("string_agg(s, '')", "string_agg(s, '' ORDER BY row)", "string")
for ours, theirs in [
    ("var_pop(x)", "var_pop(x)"), ("std_pop(x)", "stddev_pop(x)"), ("cov_pop(x, w)", "covar_pop(x, w)"), ("sem(x)", "stddev_samp(x) / sqrt(count(x))"),
    ("product(x)", "product(x)"), ("weighted_mean(x, w)", "weighted_avg(x, w)"), ("product(i)", "product(i)"),
]:  # fmt: skip
    sql(ours, theirs, "float64", ROUND, WITHOUT)
# Of equal values ours are NaN.
for ours, theirs in [("skewness(x)", "skewness(x)"), ("kurtosis(x)", "kurtosis(x)"), ("skewness(i)", "skewness(i)")]:
    sql(ours, theirs, "float64", 1e-10, "1, 2, 3, 6, 7")
pandas("skewness(x)", "g.x.skew()", "float64", 1e-10, USUAL)
pandas("kurtosis(x)", "g.x.kurt()", "float64", 1e-10, USUAL)
pandas("sem(x)", "g.x.sem()", "float64", ROUND, FINITE)
pandas("var_pop(x)", "g.x.var(ddof=0)", "float64", ROUND, FINITE)
pandas("null_count(s)", "g.s.isna().sum()", "int64")
for ours, theirs, kind in [
    ("count()", "count(*)", "int64"), ("count(x)", "count(x)", "int64"), ("sum(x)", "sum(x)", "float64"), ("min(s)", "min(s)", "string"),
    ("max(i)", "max(i)", "int64"), ("list(s)", "coalesce(list(s ORDER BY row), [])", "list(string)"),
    ("string_agg(s, '|')", "string_agg(s, '|' ORDER BY row)", "string"), ("median(x)", "quantile_cont(x, 0.5)", "float64"),
]:  # fmt: skip
    for condition in ["i > 5", "b", "x > 0 AND s <> 'b'", "w = 1 OR b IS NULL"]:
        where = f" filter (where {condition})"
        filtered = theirs.replace("), [])", f"){where}, [])") if "coalesce" in theirs else theirs + where
        sql(ours + where.replace("AND", "and").replace("OR", "or").replace("IS NULL", "is null"), filtered, kind, ROUND)

columns = {name: {"type": kind, "values": [cell(row[place]) for row in ROWS]} for place, (name, kind) in enumerate(COLUMNS.items())}
lines = ",\n".join("  " + json.dumps(case, ensure_ascii=False) for case in cases)
text = '{"columns": ' + json.dumps(columns, ensure_ascii=False) + ',\n"cases": [\n' + lines + "\n]}\n"
(HERE / "answers.json").write_text(text, encoding="utf-8")
print(f"{len(cases)} cases")
