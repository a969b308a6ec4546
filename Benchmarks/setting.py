"""What a group is given to measure with: the tool, the peers' Python, the data."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, Program, say

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
THREADS = 2


@dataclass(frozen=True)
class Setting:
    binary: Path
    python: Path  # of the environment that holds the peers
    rows: int
    rounds: int

    def ours(self, *arguments: str, name: str = "lazyframe", answer: Path | None = None) -> Program:
        """Our tool with these arguments; with `answer`, it writes CSV there."""
        output = ["--format", "csv", "--output", str(answer)] if answer else []
        return Program(name, [str(self.binary), *arguments, *output], answer=str(answer) if answer else None)

    def peer(self, name: str, script: str, *arguments: str, rounds: int | None = None, answer: Path) -> Program:
        """A script of `peers/`, called with the number of threads, the file to write, then the arguments."""
        return Program(
            name,
            [str(self.python), str(HERE / "peers" / script), str(THREADS), str(answer), *arguments],
            # Polars reads its number of threads when it is imported.
            environment={"POLARS_MAX_THREADS": str(THREADS)},
            rounds=rounds,
            answer=str(answer),
        )

    def answer(self, name: str) -> Path:
        (DATA / "answers").mkdir(parents=True, exist_ok=True)
        return DATA / "answers" / f"{name}.csv"

    def prices(self, times: int = 1) -> Path | None:
        """The look-alike price history, made once; None, with a word why, where the disk has no room for it."""
        rows = self.rows * times
        path = DATA / f"prices-{rows}.csv"
        if path.exists():
            return path
        needed, free = rows * 100 + 2**30, shutil.disk_usage(DATA).free
        if free < needed:
            say(f"  no room for {path.name}: {needed / 2**30:.1f} GB needed, {free / 2**30:.1f} GB free")
            return None
        say(f"  making {path.name}")
        # Under another name until it is whole: an interrupted run must not leave a short file to measure.
        beside = path.with_suffix(".new")
        self.run_quietly("datasets", "prices", "--rows", str(rows), "--output", str(beside))
        beside.rename(path)
        return path

    def run_quietly(self, *arguments: str) -> None:
        done = subprocess.run([str(self.binary), *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchmarkError(f"lazyframe {' '.join(arguments)} failed: {done.stderr.strip()}")

    def check_answers(self, programs: list[Program], keys: list[str]) -> None:
        """Stops everything if a peer found another answer than ours."""
        ours, *peers = [program for program in programs if program.answer]
        for peer in peers:
            done = subprocess.run(
                [sys.executable, str(HERE / "compare.py"), ours.answer, peer.answer, ",".join(keys)],
                capture_output=True,
                text=True,
            )
            if done.returncode != 0:
                raise BenchmarkError(f"{ours.name} and {peer.name} give different answers: {done.stderr.strip()}")
            say(f"  {ours.name} and {peer.name} agree: {done.stdout.strip()}")
