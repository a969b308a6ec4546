#!/usr/bin/env python3
"""Writes the edge-case CSV files of this folder and records DuckDB's answers to queries on them in cases.json.

    python3 -m venv venv && venv/bin/pip install duckdb==2.0.0
    venv/bin/python Tests/Fixtures/csv/make_edge_files.py

The files and cases.json are committed; run this again only to change them. It is deterministic.

cases.json is a list of objects:
    name        a sentence for the test
    file        the CSV file, in this folder
    schema      the columns of the file and their types: the type inference must find these
    by          the group keys, in our expression language
    aggregates  the aggregates, in our expression language
    filter      a condition on rows, or absent
    sort        the output columns to sort by, ascending, nulls last, text by its UTF-8 bytes
    sql         the same query in SQL, over the file as a table `t` with the types of `schema`
    columns     the names of the output columns
    types       their types: text, integer, float, boolean, date or datetime
    expected    rows of values in the order of `columns`. All are exact, but float sums and means are to be compared
                with a relative tolerance of 1e-12. Integers may need all 64 bits. Floats are the strings "nan",
                "inf", "-inf" where JSON has no number; dates and datetimes are ISO 8601 strings.

How DuckDB is made to read as we do: every column is read as text, an unquoted empty field is null and a quoted one
is an empty string; in all columns but text the null words are null too; then the column is cast to its type.
Sums and means of floats use DuckDB's compensated forms, so that they are exact enough for the tolerance.
What DuckDB read is checked, cell by cell, against Python's csv module.
"""

import csv
import io
import json
import math
import random
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
NULL_WORDS = ["", "NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "<NA>"]
SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "float": "DOUBLE",
    "boolean": "BOOLEAN",
    "null": "VARCHAR",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}
OUR_TYPES = {"HUGEINT": "integer", "INTEGER": "integer"} | {
    sql: ours for ours, sql in SQL_TYPES.items() if ours != "null"
}

files: dict[str, tuple[bytes, dict[str, str]]] = {}
cases: list[dict] = []


def file(name: str, text: str | bytes, /, **schema: str) -> None:
    files[name] = (text if isinstance(text, bytes) else text.encode(), schema)


def case(name: str, file: str, by: str, aggregates: str, select: str, sort: str, where: str = "") -> None:
    """`select` is the SQL of the keys and the aggregates; `where` reads the same in SQL and in our language."""
    keys = len(split(by))
    order = ", ".join(f"{key} ASC NULLS LAST" for key in split(sort))
    sql = f"SELECT {select} FROM t" + (f" WHERE {where}" if where else "")
    sql += f" GROUP BY {', '.join(str(number + 1) for number in range(keys))} ORDER BY {order}"
    entry = {"name": name, "file": file, "schema": files[file][1], "by": by, "aggregates": aggregates}
    if where:
        entry["filter"] = where
    cases.append(entry | {"sort": sort, "sql": sql})


def split(words: str) -> list[str]:
    """Splits at commas outside parentheses and quotes."""
    parts, depth, inside = [""], 0, False
    for character in words:
        inside ^= character == '"'
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0 and not inside:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def basic(names: str, x: str) -> tuple[str, str]:
    """The usual aggregates of a float column, in our language and in SQL."""
    ours = f"count(), count({x}), sum({x}), mean({x}), min({x}), max({x})"
    sql = (
        f"{names}, count(*) AS count, count({x}) AS count_{x}, fsum({x}) AS sum_{x}, favg({x}) AS mean_{x}, "
        f"min({x}) AS min_{x}, max({x}) AS max_{x}"
    )
    return ours, sql


def integers(names: str, x: str) -> tuple[str, str]:
    """The same of an integer column: its sum is an integer."""
    ours, sql = basic(names, x)
    return ours, sql.replace(f"fsum({x})", f"sum({x})").replace(f"favg({x})", f"avg({x})")


# Quotes and line ends

file(
    "quotes.csv",
    'name,value\n"plain",1\n"with ""doubled"" quotes",2\n"""",3\n"a,b",4\n"two\nlines",5\n"two\r\nlines",6\n'
    '"",7\nplain,8\n"a,b",9\n"ends with ""quote""",10\n""",""",11\n"\n",12\n,13\n"two\nlines",14\n',
    name="text",
    value="integer",
)
case("quoted fields hold quotes, separators and line ends", "quotes.csv", "name", *integers("name", "value"), "name")
case(
    "a filter sees a quoted field without its quotes", "quotes.csv", "name", "count()",
    "name, count(*) AS count", "name", where="name = 'a,b' or value > 11",
)  # fmt: skip

CRLF = 'symbol,date,close\r\nA,2020-01-02,1.5\r\nB,2020-01-02,"2.5"\r\n"A",2020-01-03,NA\r\n"A ",2020-01-03,4\r\n'
file("crlf.csv", CRLF, symbol="text", date="date", close="float")
case("lines end in CR LF", "crlf.csv", "symbol", *basic("symbol", "close"), "symbol")

file("no-final-newline.csv", "k,x\na,1\nb,2\na,3", k="text", x="integer")
case("the last line has no line end", "no-final-newline.csv", "k", *integers("k", "x"), "k")

file("quoted-at-the-end.csv", 'x,k\n1,"a"\n2,"b"\n3,"a"', x="integer", k="text")
case("the file ends in a quote", "quoted-at-the-end.csv", "k", *integers("k", "x"), "k")

file("null-at-the-end.csv", "k,x\na,1\nb,2\na,", k="text", x="integer")
case("the file ends in an empty field", "null-at-the-end.csv", "k", *integers("k", "x"), "k")

file("bom.csv", b"\xef\xbb\xbf" + b"k,x\na,1\nb,2\na,3\n", k="text", x="integer")
case("a byte order mark is not part of the first name", "bom.csv", "k", *integers("k", "x"), "k")

file("bom-quoted.csv", b"\xef\xbb\xbf" + b'"k","x"\n"a",1\n"b",2\n"a",3\n', k="text", x="integer")
case("a byte order mark stands before a quoted name", "bom-quoted.csv", "k", *integers("k", "x"), "k")

file("quoted-header.csv", '"my, key","a ""value"""\na,1.5\nb,2.5\na,3.5\n', **{"my, key": "text", 'a "value"': "float"})
case(
    "names in the header hold separators and quotes", "quoted-header.csv",
    '"my, key" as k', 'sum("a ""value""") as total',
    '"my, key" AS k, fsum("a ""value""") AS total', "k",
)  # fmt: skip

# Shapes

file("single-row.csv", "k,x\na,1.5\n", k="text", x="float")
case("a single row", "single-row.csv", "k", *basic("k", "x"), "k")

file("header-only.csv", "k,x\n", k="null", x="null")
case("a header and no row", "header-only.csv", "k", "count()", "k, count(*) AS count", "k")

file("one-column.csv", "x\n3\n1\n3\n2\n3\n", x="integer")
case("one column", "one-column.csv", "x", "count()", "x, count(*) AS count", "x")

file("wide.csv", ",".join(f"c{i}" for i in range(300)) + "\n" + "".join(
    ",".join(str(row * 300 + i) if i else "ab"[row % 2] for i in range(300)) + "\n" for row in range(6)
), **{f"c{i}": "integer" if i else "text" for i in range(300)})  # fmt: skip
case("300 columns of which two are needed", "wide.csv", "c0", *integers("c0", "c299"), "c0")

file("empty-name.csv", '"",k,x\n1,a,10\n2,b,20\n3,a,30\n', **{"": "integer", "k": "text", "x": "integer"})
case("a column whose name is empty", "empty-name.csv", "k", *integers("k", "x"), "k")

# Null

file(
    "null-words.csv",
    "k,x,y\n" + "".join(f"{'ab'[i % 2]},{word},{i}\n" for i, word in enumerate(NULL_WORDS)) + "a,1.5,100\nc,NA,101\n",
    k="text",
    x="float",
    y="integer",
)
case("every null word is null in a number column", "null-words.csv", "k", *basic("k", "x"), "k")
case("rows where a number is null", "null-words.csv", "k", "count()", "k, count(*) AS count", "k", where="x is null")
case("null is a group of its own among numbers", "null-words.csv", "x", "count(), sum(y)",
     "x, count(*) AS count, sum(y) AS sum_y", "x")  # fmt: skip

file("text-null.csv", 'k,x\n,1\n"",2\nNA,3\nnull,4\n,5\n"",6\n"NA",7\nzebra,8\n', k="text", x="integer")
case("in text only an unquoted empty field is null", "text-null.csv", "k", *integers("k", "x"), "k")
case("a text key that is not null", "text-null.csv", "k", "count()", "k, count(*) AS count", "k",
     where="k is not null")  # fmt: skip
case("a text compared with the empty string", "text-null.csv", "k", "sum(x)", "k, sum(x) AS sum_x", "k",
     where="k = ''")  # fmt: skip

file("all-null.csv", "k,x,y\na,,1\nb,,2\na,,3\n", k="text", x="null", y="integer")
case("a column that is null throughout", "all-null.csv", "k", "count(), count(x), sum(y)",
     "k, count(*) AS count, count(x) AS count_x, sum(y) AS sum_y", "k")  # fmt: skip

# Numbers

INTEGERS = [9223372036854775807, -9223372036854775808, 0, -1, 9007199254740993, -9007199254740993, 1000000007]
file("integers.csv", "k,x\n" + "".join(f"{k},{x}\n" for k in "ab" for x in (INTEGERS if k == "a" else [-5, 7, 12])),
     k="text", x="integer")  # fmt: skip
case("the largest and the smallest integer", "integers.csv", "k", "count(x), min(x), max(x)",
     "k, count(x) AS count_x, min(x) AS min_x, max(x) AS max_x", "k")  # fmt: skip
case("integers beyond 2^53 are keys, exactly", "integers.csv", "x", "count()", "x, count(*) AS count", "x")
case("integers compared beyond 2^53", "integers.csv", "x", "count()", "x, count(*) AS count", "x",
     where="x > 9007199254740992 or x < -9007199254740992")  # fmt: skip

file("beyond-integer.csv", "k,x\na,1\nb,9223372036854775808\na,2\nb,-9223372036854775809\n", k="text", x="text")
case("an integer too large makes its column text, so that no digit is lost", "beyond-integer.csv", "x", "count()",
     "x, count(*) AS count", "x")  # fmt: skip

FLOATS = """0 -0.0 1.5 -1.5 .5 5. +2.5 1e3 1E-3 -2.5e+10 1e308 -1e-308 4.9406564584124654e-324 2.2250738585072014e-308
0.1 0.30000000000000004 3.141592653589793 123456789.12345679 0.000001 1234567890123456789.0 12345678901234567890.0
17.976931348623157e307 9007199254740993.0 0.1000000000000000055511151231257827 8.41e21 5e-324 2.4703282292062328e-324
7.2057594037927933e16 1.7976931348623157e308 -0.000000000000000000000000000001 00012.50 1e-400""".split()
file("floats.csv", "k,x\n" + "".join(f"k{i:02},{x}\n" for i, x in enumerate(FLOATS)), k="text", x="float")
case("each number is read to the nearest double", "floats.csv", "k", "max(x)", "k, max(x) AS max_x", "k")
case("floats compared", "floats.csv", "k", "count()", "k, count(*) AS count", "k", where="x >= 0.1 and x < 1000")

file("negative-zero.csv", "x\n0.0\n-0.0\n1.5\n0\n", x="float")
case("0 and -0 are one group", "negative-zero.csv", "x", "count()", "x, count(*) AS count", "x")

file("infinity.csv", "k,x\na,1.5\na,inf\nb,-inf\nb,2\nc,nan\nc,1\nd,inf\nd,-inf\ne,NA\ne,3\n", k="text", x="float")
case("infinities and NaN are numbers", "infinity.csv", "k", "count(x), sum(x), mean(x)",
     "k, count(x) AS count_x, sum(x) AS sum_x, avg(x) AS mean_x", "k")  # fmt: skip
case("NaN is a group of its own, beside null", "infinity.csv", "x", "count()", "x, count(*) AS count", "x")
case("the least and the greatest with infinities", "infinity.csv", "k", "min(x), max(x)",
     "k, min(x) AS min_x, max(x) AS max_x", "k", where="k in ('a', 'b', 'd', 'e')")  # fmt: skip

file("widening.csv", "k,x\n" + "".join(f"{'abc'[i % 3]},{i}\n" for i in range(3000)) + "a,0.25\n",
     k="text", x="float")  # fmt: skip
case("an integer column turns out as float in its last row", "widening.csv", "k", *basic("k", "x"), "k")

file("widening-to-text.csv", "k,x\n" + "".join(f"{i % 7},{i % 5}\n" for i in range(3000)) + "none,n5\n",
     k="text", x="text")  # fmt: skip
case("integer columns turn out as text in their last row", "widening-to-text.csv", "x, k", "count()",
     "x, k, count(*) AS count", "x, k")  # fmt: skip

file("leading-zeros.csv", "k,x\n007,1\n7,2\n007,3\nA7,4\n", k="text", x="integer")
case("text that looks like numbers keeps its zeros", "leading-zeros.csv", "k", "sum(x)", "k, sum(x) AS sum_x", "k")

# Text

file("spaces.csv", 'k,x\n a,1\na ,2\na,3\n" a",4\n  ,5\n"  ",6\n\ta,7\n', k="text", x="integer")
case("spaces belong to a text", "spaces.csv", "k", *integers("k", "x"), "k")

file("spaces-number.csv", "k,x\na, 1.5\nb,2.5 \na,  3\n", k="text", x="float")
case("spaces around a number do not count", "spaces-number.csv", "k", *basic("k", "x"), "k")

WORDS = ["été", "e\u0301te\u0301", "日本語", "日本", "🙂", "🙂🙂🙂", "Straße",
         "STRASSE", "ñ", "n", "Ωμέγα", "\u200b", "a\u00a0b"]  # fmt: skip
file("unicode.csv", "wort,größe\n" + "".join(f"{word},{i}\n" for i, word in enumerate(WORDS + WORDS[::2])),
     **{"wort": "text", "größe": "integer"})  # fmt: skip
case("text beyond ASCII, in names too", "unicode.csv", "wort", 'count(), sum("größe") as summe',
     'wort, count(*) AS count, sum("größe") AS summe', "wort")  # fmt: skip

# Twelve bytes fit into a string view; these differ before, at and after that edge.
LONG = ["abcdefghijk", "abcdefghijkl", "abcdefghijklm", "abcdefghijkln", "abcdefghijkl" * 20, "abcdefghijkl" * 20 + "x",
        "abcd", "abcdX", "X" + "abcdefghijkl" * 10, "é" * 6, "é" * 6 + "a", '"' * 12, '"' * 13, "a,b" * 5]  # fmt: skip
file("long-text.csv", "k,x\n" + "".join(
    '"' + k.replace('"', '""') + f'",{i}\n' if set(k) & set('",') else f"{k},{i}\n" for i, k in enumerate(LONG * 3)
), k="text", x="integer")  # fmt: skip
case("texts around and far above twelve bytes", "long-text.csv", "k", *integers("k", "x"), "k")

file("duplicate-keys.csv", "a,b,x\nab,c,1\na,bc,2\nab,c,3\n,abc,4\nabc,,5\nabc,,6\n", a="text", b="text", x="integer")
case("two keys are not one joined text", "duplicate-keys.csv", "a, b", *integers("a, b", "x"), "a, b")

# Dates, times, truth

file("dates.csv", "d,x\n1970-01-01,1\n1969-12-31,2\n2000-02-29,3\n1900-03-01,4\nNA,5\n2024-12-31,6\n0001-01-01,7\n"
     "9999-12-31,8\n2024-02-29,9\n2024-12-31,10\n", d="date", x="integer")  # fmt: skip
case("dates as keys", "dates.csv", "d", "sum(x)", "d, sum(x) AS sum_x", "d")
case("years, months and days of dates", "dates.csv", "year(d) as y, month(d) as m, day(d) as n", "sum(x), max(d)",
     "year(d) AS y, month(d) AS m, day(d) AS n, sum(x) AS sum_x, max(d) AS max_d", "y, m, n")  # fmt: skip
case("dates compared", "dates.csv", "d", "count()", "d, count(*) AS count", "d", where="d >= date '1970-01-01'")

file("datetimes.csv", "t,x\n2020-01-01 00:00:00,1\n2020-01-01T12:30:45,2\n2020-01-01 12:30:45.123456,3\n"
     "1969-12-31 23:59:59,4\n2020-06-30 23:59:59.5,5\nNA,6\n2020-01-01 00:00:00,7\n",
     t="datetime", x="integer")  # fmt: skip
case("datetimes as keys", "datetimes.csv", "t", "sum(x)", "t, sum(x) AS sum_x", "t")
case("years of datetimes, and the first and last of them", "datetimes.csv", "year(t) as y", "min(t), max(t), count()",
     "year(t) AS y, min(t) AS min_t, max(t) AS max_t, count(*) AS count", "y")  # fmt: skip

file("date-or-datetime.csv", "t,x\n" + "".join(f"2020-01-{1 + i % 28:02},{i}\n" for i in range(500))
     + "2020-01-05 06:00:00,500\n", t="datetime", x="integer")  # fmt: skip
case("a date column turns out as datetime", "date-or-datetime.csv", "t", "count(), sum(x)",
     "t, count(*) AS count, sum(x) AS sum_x", "t")  # fmt: skip

file("not-a-date.csv", "d,x\n2023-02-28,1\n2023-02-29,2\n2023-13-01,3\n", d="text", x="integer")
case("a day that does not exist is no date", "not-a-date.csv", "d", "sum(x)", "d, sum(x) AS sum_x", "d")

file("booleans.csv", "flag,x\ntrue,1\nfalse,2\ntrue,3\nNA,4\nfalse,5\n", flag="boolean", x="integer")
case("truth values as keys", "booleans.csv", "flag", *integers("flag", "x"), "flag")
case("truth values as a filter", "booleans.csv", "flag", "sum(x)", "flag, sum(x) AS sum_x", "flag", where="flag")

# Generated: messy text, then numbers and nulls. The seed is in the file's name.


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def messy_field(source: random.Random) -> str:
    """A field as it stands in the file: short, so that groups have several rows."""
    text = "".join(source.choice('ab",\n\r é') for _ in range(source.choice([0, 1, 1, 2, 2, 3])))
    needs_quotes = text == "" and source.random() < 0.5 or set(text) & set('",\n\r')
    if source.random() < 0.1:
        text += "-and-a-long-tail-of-text"
    return quoted(text) if needs_quotes or source.random() < 0.2 else text


def random_number(source: random.Random) -> str:
    kind = source.randrange(8)
    if kind == 0:
        return source.choice(NULL_WORDS)
    if kind == 1:
        return repr(source.uniform(-1, 1) * 10.0 ** source.randint(-8, 8))
    if kind == 2:
        return f"{source.uniform(-1000, 1000):.6e}"
    if kind == 3:
        return str(source.randint(-(10**6), 10**6))
    return f"{source.uniform(0, 1000):.2f}"


for seed in (1, 2, 3):
    source = random.Random(seed)
    end = "\r\n" if seed == 2 else "\n"
    lines = ["key,other,x,note"]
    for _ in range(2000):
        lines.append(",".join(
            [messy_field(source), source.choice("pqr"), random_number(source), messy_field(source)]
        ))  # fmt: skip
    text = end.join(lines) + (end if seed != 3 else "")
    name = f"random-{seed}.csv"
    file(name, text, key="text", other="text", x="float", note="text")
    case(f"2,000 random rows, seed {seed}", name, "key", *basic("key", "x"), "key")
    case(f"2,000 random rows by two keys where a number is positive, seed {seed}", name, "key, other",
         "count(), max(x), min(note)", "key, other, count(*) AS count, max(x) AS max_x, min(note) AS min_note",
         "key, other", where="x > 0 and key <> 'a'")  # fmt: skip


# Reading and recording


def table(connection: duckdb.DuckDBPyConnection, name: str, schema: dict[str, str]) -> None:
    """Makes table `t` of the file, first as text to check, then with its types."""
    columns = "{" + ", ".join(f"{literal(column)}: 'VARCHAR'" for column in schema) + "}"
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE cells AS SELECT * FROM read_csv('{HERE / name}', columns = {columns}, header = true,
          auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
          parallel = false, null_padding = false, strict_mode = true)
        """
    )
    check_cells(connection, name)
    words = ", ".join(literal(word) for word in NULL_WORDS)
    casts = []
    for column, kind in schema.items():
        cell = identifier(column)
        if kind == "text":
            casts.append(cell)
        else:
            typed = f"CAST({cell} AS {SQL_TYPES[kind]})"
            casts.append(f"CASE WHEN {cell} IN ({words}) THEN NULL ELSE {typed} END AS {cell}")
    connection.execute(f"CREATE OR REPLACE TABLE t AS SELECT {', '.join(casts)} FROM cells")
    check_floats(connection, name, schema)


def check_cells(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """DuckDB and Python's csv module must have read the same cells; csv does not tell null from empty."""
    rows = list(csv.reader(io.StringIO(files[name][0].decode("utf-8-sig"), newline="")))[1:]
    read = [["" if cell is None else cell for cell in row] for row in connection.execute("FROM cells").fetchall()]
    if rows != read:
        different = next((i for i, (a, b) in enumerate(zip(rows, read)) if a != b), min(len(rows), len(read)))
        one, other = read[different:][:1], rows[different:][:1]
        raise SystemExit(f"{name}: DuckDB read row {different} as {one}, csv as {other}")


def check_floats(connection: duckdb.DuckDBPyConnection, name: str, schema: dict[str, str]) -> None:
    """DuckDB's doubles must be those that Python reads, which are the nearest ones."""
    for column in (identifier(column) for column, kind in schema.items() if kind == "float"):
        for cell, number in connection.execute(
            f"SELECT cells.{column}, t.{column} FROM cells POSITIONAL JOIN t WHERE t.{column} IS NOT NULL"
        ).fetchall():
            if repr(float(cell)) != repr(number):
                raise SystemExit(f"{name}: DuckDB read {cell} as {number!r}, Python as {float(cell)!r}")


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(text: str) -> str:
    # DuckDB allows no empty name: it reads the column under another one, which no query uses.
    return '"' + text.replace('"', '""') + '"' if text else "column0"


def value(item, kind: str):
    if item is None or kind in ("integer", "text", "boolean"):
        return item
    if kind == "float":
        return item if math.isfinite(item) else str(item)
    return str(item) if kind == "date" else item.isoformat()


def main() -> None:
    for name, (content, _) in files.items():
        (HERE / name).write_bytes(content)
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    loaded = None
    for entry in cases:
        if entry["file"] != loaded:
            loaded = entry["file"]
            schema = {column or "column0": kind for column, kind in files[loaded][1].items()}
            table(connection, loaded, schema)
        result = connection.execute(entry["sql"])
        entry["columns"] = [column[0] for column in result.description]
        entry["types"] = [OUR_TYPES[str(column[1])] for column in result.description]
        entry["expected"] = [
            [value(item, kind) for item, kind in zip(row, entry["types"])] for row in result.fetchall()
        ]
    lines = [json.dumps(entry, ensure_ascii=False, allow_nan=False) for entry in cases]
    (HERE / "cases.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in HERE.glob("*.csv")) + (HERE / "cases.json").stat().st_size
    print(f"{len(files)} files, {len(cases)} cases, {size / 1000:.0f} KB")


main()
