"""Writes what was measured: results.json for programs, RESULTS.md for people.

A group that was not measured this time keeps the figures it had. `runs.json` holds what results.json has no place
for: when, where and on which commit each group was measured, and every program's spread.
"""

import json
import os
import platform
import statistics
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from measure import Measurement


@dataclass(frozen=True)
class Row:
    """One statement: ours against each peer, or against a reference. `target` is the highest ratio allowed."""

    group: str
    case: str
    unit: str
    ours: float
    peers: dict[str, float]
    target: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over the best peer: below 1 is better."""
        return self.ours / min(self.peers.values())

    def as_json(self) -> dict:
        return {
            "group": self.group,
            "case": self.case,
            "unit": self.unit,
            "ours": significant(self.ours),
            "peers": {name: significant(value) for name, value in self.peers.items()},
            "ratio": significant(self.ratio),
            "target": None if self.target is None else significant(self.target),
        }


@dataclass(frozen=True)
class Table:
    """Figures that are compared with nothing."""

    title: str
    columns: list[str]
    rows: list[list[str]]


@dataclass
class Outcome:
    """What a group found out."""

    method: str
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what was skipped, and why
    tables: list[Table] = field(default_factory=list)
    runs: dict[str, dict[str, list[Measurement]]] = field(default_factory=dict)  # race -> program -> runs


def significant(value: float) -> float:
    """Four significant digits; more would be noise."""
    return float(f"{value:.4g}")


def write(folder: Path, notes: Path, outcomes: dict[str, Outcome], conditions: dict) -> None:
    """Replaces the groups in `outcomes` and keeps all the others."""
    results_path, runs_path = folder / "results.json", folder / "runs.json"
    rows = [row for row in load(results_path, []) if row["group"] not in outcomes]
    runs = load(runs_path, {})
    for name, outcome in outcomes.items():
        rows += [row.as_json() for row in outcome.rows]
        runs[name] = conditions | {
            "method": outcome.method,
            "remarks": outcome.remarks,
            "tables": [asdict(table) for table in outcome.tables],
            "runs": {race: spreads(results) for race, results in outcome.runs.items()},
        }
    rows.sort(key=lambda row: row["group"])  # stable: the cases of a group stay in their order
    replace(results_path, "[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n")
    replace(runs_path, json.dumps(dict(sorted(runs.items())), indent=1) + "\n")
    replace(folder / "RESULTS.md", page(rows, runs, notes))


def spreads(results: dict[str, list[Measurement]]) -> dict:
    return {
        name: {
            "runs": len(runs),
            "wall": [significant(f(m.wall for m in runs)) for f in (min, statistics.median, max)],
            "cpu": significant(statistics.median(m.cpu for m in runs)),
            "peak": significant(statistics.median(m.peak for m in runs) / 1024),
        }
        for name, runs in results.items()
    }


def load(path: Path, default):
    return json.loads(path.read_text()) if path.exists() else default


def replace(path: Path, text: str) -> None:
    """Never leaves half a file behind."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text)
    beside.replace(path)


# The page


def page(rows: list[dict], runs: dict, notes: Path) -> str:
    lines = [
        "# Benchmark results",
        "",
        "Written by `make bench`. Each figure is the median of runs, taken in turns with the others: of whole processes, unless",
        "the group says otherwise. A ratio is ours over the best of the others, so below 1 is better, and a target is the",
        "highest ratio allowed.",
        "Where there is no other tool, the ratio is to the stated limit or to our own run under other conditions.",
    ]
    for group in sorted({row["group"] for row in rows}):
        lines += section(group, [row for row in rows if row["group"] == group], runs[group])
        note = notes / f"{group}.md"
        if note.exists():
            lines += ["", note.read_text().strip()]
    return "\n".join(lines) + "\n"


def section(group: str, rows: list[dict], run: dict) -> list[str]:
    met = [row for row in rows if row["target"] is not None and row["ratio"] <= row["target"]]
    aimed = [row for row in rows if row["target"] is not None]
    lines = ["", f"## {group}", "", f"**{len(met)} of {len(aimed)} targets met.**", ""]
    lines += run["method"].strip().splitlines() + [""]
    lines += table(
        ["case", "unit", "ours", "others", "ratio", "target", "met"],
        [
            [
                row["case"],
                row["unit"],
                number(row["ours"]),
                ", ".join(f"{name} {number(value)}" for name, value in row["peers"].items()),
                number(row["ratio"]),
                "" if row["target"] is None else f"≤ {number(row['target'])}",
                verdict(row),
            ]
            for row in rows
        ],
    )
    for extra in run.get("tables", []):  # groups that were measured before there were any have none
        lines += ["", f"*{extra['title']}*:", "", *table(extra["columns"], extra["rows"])]
    for remark in run["remarks"]:
        lines += ["", f"**Not measured:** {remark}"]
    lines += ["", "Repeat with", "", f"    {run['command']}", ""]
    lines += table(["measured on", ""], [[key, value] for key, value in run["machine"].items()])
    for race, programs in run["runs"].items():
        lines += ["", f"Runs of *{race}*:", ""]
        lines += table(
            ["program", "runs", "wall s (least, median, most)", "CPU s", "peak MB"],
            [
                [name, str(p["runs"]), ", ".join(map(number, p["wall"])), number(p["cpu"]), number(p["peak"])]
                for name, p in programs.items()
            ],
        )
    return lines


def verdict(row: dict) -> str:
    if row["target"] is None:
        return ""
    return "yes" if row["ratio"] <= row["target"] else "**no**"


def table(titles: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    return lines + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]


def number(value: float) -> str:
    """At most four significant digits, never an exponent."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


# Where it was measured


def describe_machine(root: Path, cores_used: str, packages: dict[str, str]) -> dict[str, str]:
    return {
        "date": date.today().isoformat(),
        "commit": commit(root),
        "processor": processor(),
        "cores": f"{os.cpu_count()}, of which used: {cores_used}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GB",
        "system": f"{system()}, kernel {platform.release()}",
        "Swift": swift(),
        "peers": ", ".join(f"{name} {version}" for name, version in packages.items())
        + f", Python {platform.python_version()}",
    }


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def swift() -> str:
    said = output(["swift", "--version"])
    words = said.split()
    return words[words.index("version") + 1] if "version" in words else "not found"


def commit(root: Path) -> str:
    name = output(["git", "-C", str(root), "rev-parse", "--short", "HEAD"])
    if not name:
        return "none yet"
    changed = output(["git", "-C", str(root), "status", "--porcelain", "--", "Sources", "Package.swift"])
    return name + (" with changes that are not committed" if changed else "")


def output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
