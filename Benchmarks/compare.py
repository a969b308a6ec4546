"""Checks that two CSV files hold the same groups: exactly the same keys, floats within a relative tolerance.
A float below 1e-15 is what rounding has left of zero.

usage: compare.py OURS THEIRS KEY,KEY… TOLERANCE     columns are matched by name, rows by key, in any order
"""

import csv
import math
import sys


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


def equal(ours: str, theirs: str, tolerance: float) -> bool:
    if ours == theirs:
        return True
    try:
        one, other = float(ours), float(theirs)
        return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-15) or (math.isnan(one) and math.isnan(other))
    except ValueError:
        return False


def main() -> None:
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    ours_path, theirs_path, keys, tolerance = sys.argv[1], sys.argv[2], sys.argv[3].split(","), float(sys.argv[4])
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
        (key, name)
        for key, row in ours.items()
        for name in columns
        if not equal(row[name], theirs[key][name], tolerance)
    ]
    if wrong:
        key, name = wrong[0]
        sys.exit(
            f"{len(wrong)} values differ, the first is {name} of {key}: "
            f"{ours[key][name]} here, {theirs[key][name]} in {theirs_path}"
        )
    print(f"{len(ours)} groups")


main()
