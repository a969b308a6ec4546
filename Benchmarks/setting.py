"""What a group is given to measure with: the tool, the peers' Python, the data."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, Program, say
from workers import Worker

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

    def own_worker(self, *arguments: str, name: str = "lazyframe") -> Worker:
        return Worker(name, [str(self.binary.parent / "FrameBenchmark"), str(THREADS), *arguments])

    def peer_worker(self, name: str, script: str, *arguments: str) -> Worker:
        return Worker(
            name,
            [str(self.python), str(HERE / "peers" / script), str(THREADS), *arguments],
            {"POLARS_MAX_THREADS": str(THREADS)},
        )

    def answer(self, name: str) -> Path:
        (DATA / "answers").mkdir(parents=True, exist_ok=True)
        return DATA / "answers" / f"{name}.csv"

    def prices(self, times: int = 1) -> Path | None:
        return self.dataset("prices", self.rows * times, row_size=100)

    def dataset(self, name: str, rows: int, row_size: int, ending: str = ".csv") -> Path | None:
        """A generated data set, made once; None, with a word why, where the disk has no room for it.

        `row_size` is a little more than a row's bytes in all its files. Without an ending it is a folder.
        """
        path = DATA / f"{name}-{rows}{ending}"
        if path.exists():
            return path
        needed, free = rows * row_size + 2**30, shutil.disk_usage(DATA).free
        if free < needed:
            say(f"  no room for {path.name}: {needed / 2**30:.1f} GB needed, {free / 2**30:.1f} GB free")
            return None
        say(f"  making {path.name}")
        # Under another name until it is whole: an interrupted run must not leave a short file to measure.
        beside = path.with_name(path.name + ".new")
        self.run_quietly("datasets", name, "--rows", str(rows), "--output", str(beside))
        beside.rename(path)
        return path

    def run_quietly(self, *arguments: str) -> None:
        done = subprocess.run([str(self.binary), *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchmarkError(f"lazyframe {' '.join(arguments)} failed: {done.stderr.strip()}")

    def check_answers(self, programs: list[Program], keys: list[str], tolerance: float = 1e-12) -> None:
        """Stops everything if a peer found another answer than ours; floats may differ by the relative tolerance."""
        ours, *peers = [program for program in programs if program.answer]
        for peer in peers:
            done = subprocess.run(
                [sys.executable, str(HERE / "compare.py"), ours.answer, peer.answer, ",".join(keys), str(tolerance)],
                capture_output=True,
                text=True,
            )
            if done.returncode != 0:
                raise BenchmarkError(f"{ours.name} and {peer.name} give different answers: {done.stderr.strip()}")
            say(f"  {ours.name} and {peer.name} agree: {done.stdout.strip()}")
