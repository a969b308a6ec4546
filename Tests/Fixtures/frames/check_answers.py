#!/usr/bin/env python3
"""Writes the answers of DuckDB and pandas into the test files beside it.

    python3 -m venv venv && venv/bin/pip install duckdb==2.0.0 pandas==3.1.1 numpy
    venv/bin/python Tests/Fixtures/frames/check_answers.py            # rewrites answers that differ, and lists them
    venv/bin/python Tests/Fixtures/frames/check_answers.py --check    # only lists them; fails when there are any

A case says in a line that begins with `duckdb: ` or `pandas: ` how another tool is asked. A query in SQL sees the tables
by their names, and `rowid` is the order of their rows; an expression in Python sees them as pandas frames, and `pd`.
README.md describes the files.
"""

import math
import re
import sys
from pathlib import Path

import duckdb
import pandas as pd

HERE = Path(__file__).resolve().parent
SQL = {"int64": "BIGINT", "int32": "INTEGER", "int16": "SMALLINT", "int8": "TINYINT", "uint8": "UTINYINT",
       "uint16": "USMALLINT", "uint32": "UINTEGER", "uint64": "UBIGINT", "float64": "DOUBLE", "float32": "FLOAT",
       "string": "VARCHAR", "categorical": "VARCHAR", "bool": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP",
       "null": "INTEGER", "duration": "INTERVAL"}  # fmt: skip
PANDAS = {"int64": "Int64", "int32": "Int32", "int16": "Int16", "int8": "Int8", "uint8": "UInt8", "uint16": "UInt16",
          "uint32": "UInt32", "uint64": "UInt64", "float64": "float64", "float32": "float32", "string": "string",
          "categorical": "string", "bool": "boolean", "date": "datetime64[us]", "datetime": "datetime64[us]",
          "duration": "timedelta64[us]", "null": "object"}  # fmt: skip


def sql_type(kind):
    return f"{sql_type(kind[5:-1])}[]" if kind.startswith("list(") else SQL[kind]


def split(text, separator):
    """The parts between separators that are neither in quotes nor in brackets."""
    parts, quoted, depth = [""], False, 0
    for character in text:
        quoted ^= character == '"'
        depth += (character == "[") - (character == "]") if not quoted else 0
        if character == separator and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    parts = [part.strip() for part in parts]
    return [part for part in parts if part] if separator == " " else parts


def value(text, kind):
    if text == "null":
        return None
    if kind.startswith("list("):
        return [value(part, kind[5:-1]) for part in split(text[1:-1], " ")]
    if kind.startswith("float"):
        return float(text)
    if "int" in kind:
        return int(text)
    if kind == "bool":
        return text == "true"
    return text[1:-1] if text.startswith('"') else text


def table(lines):
    """Names, types and rows."""
    lines = [part for line in lines for part in line.split(" / ")]
    fields = [field.rsplit(" ", 1) for field in split(lines[0], ",")]
    names = [name.strip('"') for name, _ in fields]
    kinds = [kind for _, kind in fields]
    rows = [[value(text, kind) for text, kind in zip(split(line, ","), kinds)] for line in lines[1:]]
    return names, kinds, rows


def text(cell, kind):
    """A value as test files write it."""
    if isinstance(cell, list):
        return "[" + " ".join(text(element, kind[5:-1]) for element in cell) + "]"
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return "null"
    if isinstance(cell, float) and math.isnan(cell) and not kind.startswith("float"):
        return "null"
    if kind.startswith("float"):
        return "nan" if math.isnan(cell) else repr(float(cell))
    if kind == "bool":
        return "true" if cell else "false"
    if kind == "date":
        return str(cell)[:10]
    if kind == "datetime":
        return str(cell)
    if "int" in kind:
        return str(int(cell))
    cell = str(cell)
    return f'"{cell}"' if cell in ("", "null") or cell != cell.strip() or re.search(r'[,\[\]]| / ', cell) else cell


def connect(tables):
    connection = duckdb.connect()
    for name, (names, kinds, rows) in tables.items():
        columns = ", ".join(f'"{column}" {sql_type(kind)}' for column, kind in zip(names, kinds))
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        if rows:
            connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(names))})', rows)
    return connection


def ask(tables, tool, query):
    if tool == "duckdb":
        return [list(row) for row in connect(tables).execute(query).fetchall()]
    scope = {"pd": pd}
    for name, (names, kinds, rows) in tables.items():
        columns = {column: pd.array([row[i] for row in rows], dtype=PANDAS[kind]) if PANDAS.get(kind) else
                   [row[i] for row in rows] for i, (column, kind) in enumerate(zip(names, kinds))}  # fmt: skip
        scope[name] = pd.DataFrame(columns)
    answer = eval(query, scope)
    return [[None if cell is pd.NA or cell is pd.NaT else cell for cell in row]
            for row in answer.itertuples(index=False, name=None)]  # fmt: skip


def same(left, right, kind):
    if left == right:
        return True
    if not kind.startswith("float") or "null" in (left, right):
        return False
    a, b = float(left), float(right)
    return math.isclose(a, b, rel_tol=1e-13) and (a != 0 or math.copysign(1, a) == math.copysign(1, b))


def check(path, write):
    tables, changed, asked = {}, [], 0
    paragraphs = path.read_text().split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        lines = [line for line in paragraph.strip("\n").split("\n")]
        code = [line for line in lines if line and not line.startswith("#")]
        if code and code[0].startswith("table "):
            tables[code[0][6:]] = table(code[1:])
        tool = next((line for line in code if re.match("(duckdb|pandas): ", line)), None)
        if tool is None:
            continue
        asked += 1
        at = lines.index(tool) + 1
        names, kinds, rows = table(lines[at:])
        rows = [[text(cell, kind) for cell, kind in zip(row, kinds)] for row in rows]
        try:
            found = ask(tables, *tool.split(": ", 1))
        except Exception as error:
            sys.exit(f"{path.name}: {code[0]}: {error}")
        answer = [[text(cell, kind) for cell, kind in zip(row, kinds)] for row in found]
        equal = len(rows) == len(answer) and all(
            all(same(*cells) for cells in zip(a, b, kinds)) for a, b in zip(rows, answer))
        if not equal:
            changed.append(f"{path.name}: {code[0]}")
            head = lines[at].split(" / ")[0]
            tail = " / ".join([head] + [", ".join(row) for row in answer])
            tail = tail.split(" / ") if len(tail) > 118 else [tail]
            end = "\n" if number == len(paragraphs) - 1 else ""
            paragraphs[number] = "\n".join(lines[:at] + tail) + end
    if write and changed:
        path.write_text("\n\n".join(paragraphs))
    return changed, asked


if __name__ == "__main__":
    only_check = "--check" in sys.argv
    total = 0
    failures = []
    for path in sorted(HERE.glob("*.test")):
        changed, asked = check(path, write=not only_check)
        failures += changed
        total += asked
    print(f"{total} answers of other tools, {len(failures)} of them differ")
    for failure in failures:
        print(" ", failure)
    sys.exit(1 if only_check and failures else 0)
