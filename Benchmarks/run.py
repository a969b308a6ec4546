#!/usr/bin/env python3
"""Measures LazyFrame against other tools and writes results.json and RESULTS.md.

A group is a module in groups/ with a NAME and a function run(Setting) -> Outcome.
"""

import argparse
import hashlib
import importlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import report
from measure import BenchmarkError, say, use_two_cores
from setting import DATA, HERE, Setting

ROOT = HERE.parent
ROWS = 13_000_000
ROUNDS = 7


def main() -> None:
    arguments = parse()
    DATA.mkdir(exist_ok=True)
    groups = find_groups()
    if arguments.only is not None and arguments.only not in groups:
        sys.exit(f"run.py: no group '{arguments.only}'; there are: {', '.join(sorted(groups))}")
    if not os.access(arguments.binary, os.X_OK):
        sys.exit(f"run.py: {arguments.binary} is not there; 'make bench' builds it first")
    python = make_environment()
    cores = use_two_cores()
    setting = Setting(arguments.binary.resolve(), python, arguments.rows, arguments.rounds)
    outcomes = {}
    try:
        for name, group in groups.items():
            if arguments.only in (None, name):
                say(f"{name}")
                outcomes[name] = group.run(setting)
    except BenchmarkError as error:
        sys.exit(f"run.py: {error}")
    # The figures of a trial must not pass for the real ones.
    trial = arguments.rows != ROWS or arguments.rounds != ROUNDS
    folder = DATA if trial else HERE
    command = "make bench" + (f" ONLY={arguments.only}" if arguments.only else "")
    command += f" ROWS={arguments.rows} ROUNDS={arguments.rounds}" if trial else ""
    machine = report.describe_machine(ROOT, cores, versions(python))
    report.write(folder, HERE / "notes", outcomes, {"command": command, "machine": machine})
    say(f"written: {folder / 'RESULTS.md'}")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures LazyFrame against other tools.")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/lazyframe", help="the tool to measure")
    parser.add_argument("--only", metavar="GROUP", help="measure one group and keep the figures of the others")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"rows of the data ({ROWS:,}); fewer are a trial")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"runs of each program ({ROUNDS})")
    arguments = parser.parse_args()
    if arguments.rows < 1 or arguments.rounds < 1:
        parser.error("--rows and --rounds must be at least 1")
    return arguments


def find_groups() -> dict:
    modules = [
        importlib.import_module(f"groups.{path.stem}") for path in sorted((HERE / "groups").glob("[a-z]*.py"))
    ]
    return {module.NAME: module for module in modules}


def make_environment() -> Path:
    """The peers' own Python environment, made again whenever requirements.txt changes."""
    if sys.version_info < (3, 11):
        sys.exit("run.py: the peers need Python 3.11 or newer; start it with a newer python3")
    folder, requirements = HERE / ".venv", HERE / "requirements.txt"
    python, stamp = folder / "bin" / "python", folder / "installed"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        say("installing the peers")
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(requirements)]
        if subprocess.run(pip).returncode != 0:
            sys.exit("run.py: the peers could not be installed; see the message above")
        stamp.write_text(wanted)
    return python


def versions(python: Path) -> dict[str, str]:
    """What is really installed, as the environment itself says."""
    code = (
        "import json; from importlib.metadata import version; "
        "print(json.dumps({n: version(n) for n in ('polars', 'duckdb', 'dask', 'pandas', 'numpy', 'pyarrow')}))"
    )
    return json.loads(subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout)


main()
