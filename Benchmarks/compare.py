"""Checks that two CSV files hold the same groups: exactly the same keys, floats within a relative 1e-12.

usage: compare.py OURS THEIRS KEY,KEY…     columns are matched by name, rows by key, in any order
"""

import csv
import math
import sys

TOLERANCE = 1e-12


def read(path: str, keys: list[str]) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or [])
        missing = [key for key in keys if key not in columns]
        if missing:
            sys.exit(f"{path} has no column {missing[0]}; it has {', '.join(columns)}")
        rows: dict[tuple[str, ...], dict[str, str]] = {}
        for row in reader:
            key = tuple(row[name] for name in keys)
            if key in rows:
                sys.exit(f"{path} has the group {key} twice")
            rows[key] = row
    return columns, rows


def equal(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    try:
        return math.isclose(float(ours), float(theirs), rel_tol=TOLERANCE, abs_tol=0.0)
    except ValueError:
        return False


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    ours_path, theirs_path, keys = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
    columns, ours = read(ours_path, keys)
    their_columns, theirs = read(theirs_path, keys)
    if sorted(columns) != sorted(their_columns):
        sys.exit(f"columns differ: {', '.join(columns)} against {', '.join(their_columns)}")
    if not ours:
        sys.exit(f"{ours_path} has no rows")
    for one, other, path in ((ours, theirs, theirs_path), (theirs, ours, ours_path)):
        lacking = [key for key in one if key not in other]
        if lacking:
            sys.exit(f"{len(lacking)} groups are not in {path}, the first is {lacking[0]}")
    wrong = [
        (key, name) for key, row in ours.items() for name in columns if not equal(row[name], theirs[key][name])
    ]
    if wrong:
        key, name = wrong[0]
        sys.exit(
            f"{len(wrong)} values differ, the first is {name} of {key}: "
            f"{ours[key][name]} here, {theirs[key][name]} in {theirs_path}"
        )
    print(f"{len(ours)} groups")


main()
