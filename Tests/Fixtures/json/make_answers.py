#!/usr/bin/env python3
"""Writes what pandas makes of the files beside it into answers.json.

    python3 -m venv venv && venv/bin/pip install pandas==3.1.1
    venv/bin/python Tests/Fixtures/json/make_answers.py
"""

import json
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
MAXIMUM = 2**63 - 1


def text(cell, kinds):
    """A value as the engine prints it in a column whose values are of these Python types."""
    if isinstance(cell, list):
        inner = {type(element) for element in cell if element is not None}
        parts = [json.dumps(e, ensure_ascii=False) if isinstance(e, str) else text(e, inner) for e in cell]
        return "[" + ", ".join(parts) + "]"
    if cell is None:
        return "null"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int) and float in kinds:
        return repr(float(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


def answer(path):
    content = path.read_text()
    if path.suffix == ".ndjson":
        records = [json.loads(line) for line in content.splitlines() if line.strip()]
    else:
        records = json.loads(content)
        if isinstance(records, dict):
            names = list(records)
            records = [dict(zip(names, row)) for row in zip(*records.values())]
    names = list(pd.json_normalize(records).columns)

    def value(record, path):
        for index in range(len(path)):
            key = ".".join(path[: index + 1])
            if isinstance(record, dict) and key in record:
                rest = path[index + 1 :]
                return value(record[key], rest) if rest else record[key]
        return None

    rows = [[value(record, name.split(".")) for name in names] for record in records]
    columns = []
    for index, name in enumerate(names):
        # pandas has a column for an object that is null or empty somewhere.
        cells = [None if isinstance(row[index], dict) else row[index] for row in rows]
        kinds = {type(cell) for cell in cells if cell is not None}
        if kinds:
            columns.append([name, *(text(cell, kinds) for cell in cells)])
    return sorted(columns)


paths = [path for path in sorted([*HERE.glob("*.ndjson"), *HERE.glob("*.json")]) if path.name != "answers.json"]
files = []
for path in paths:
    columns = ",\n  ".join(json.dumps(column, ensure_ascii=False) for column in answer(path))
    files.append(f'"{path.name}": [\n  {columns}\n]')
(HERE / "answers.json").write_text("{" + ",\n".join(files) + "}\n")
