"""Processes that hold data in memory and answer one question at a time, so that engines can be asked in turns.

A worker writes `ready` when its data are loaded. Then it reads the name of a question in a line, and answers in a line:

    wall-seconds CPU-seconds rows sum sum …

The times are those from the question to the whole answer in the worker's memory, by its own clocks; CPU time is that of all
its threads. The sums are those of the answer's value columns, made after the clocks were read. Peak memory is read here:
the kernel forgets a process's peak when told to.
"""

import math
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, Measurement, error_path, say

TOLERANCE = 1e-9  # relative, of sums of up to ten million floats in any order


@dataclass(frozen=True)
class Answer:
    """What the answer to a question is recognised by."""

    rows: int
    sums: list[float]

    def agrees(self, other: "Answer") -> bool:
        return (
            self.rows == other.rows
            and len(self.sums) == len(other.sums)
            and all(is_close(one, two) for one, two in zip(self.sums, other.sums))
        )

    def __str__(self) -> str:
        return f"{self.rows} rows, sums {', '.join(map(repr, self.sums))}"


def is_close(one: float, two: float) -> bool:
    return math.isclose(one, two, rel_tol=TOLERANCE) or (math.isnan(one) and math.isnan(two))


class Worker:
    """A running worker; use it in a `with`, which ends the process."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str] | None = None):
        self.name = name
        self.command = command
        self.errors = open(f"{error_path()}.{name.replace(' ', '-')}", "w+b")
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=os.environ | (environment or {}),
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()
        os.unlink(self.errors.name)

    def wait_until_ready(self) -> None:
        start = time.perf_counter()
        if self.read_line() != "ready":
            self.fail("was not ready")
        say(f"  {self.name:<20} loaded its data in {time.perf_counter() - start:.1f} s")

    def ask(self, question: str) -> tuple[Measurement, Answer]:
        self.forget_peak()
        try:
            self.process.stdin.write(question + "\n")
        except BrokenPipeError:
            self.fail(f"did not hear {question}")
        words = self.read_line().split()
        try:
            wall, cpu, rows, *sums = map(float, words)
        except ValueError:
            self.fail(f"gave no answer to {question} but {' '.join(words)!r}")
        return Measurement(wall, cpu, self.peak()), Answer(int(rows), sums)

    def read_line(self) -> str:
        return self.process.stdout.readline().strip()

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def peak(self) -> int:
        """The most memory since `forget_peak`, in kilobytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
        return 0

    def fail(self, what: str) -> None:
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace").strip()[-2000:]
        raise BenchmarkError(
            f"{self.name} {what}\n  command: {' '.join(self.command)}\n  it said: {said or 'nothing'}"
        )


def race(
    workers: list[Worker], questions: list[str], rounds: int, are_equal: bool = True
) -> dict[str, dict[str, list[Measurement]]]:
    """Asks all workers each question in turns, and gives the measurements by question and worker.

    A round goes through all the questions; the first one is not counted. The answers are compared in every round, unless
    the workers have different data.
    """
    results = {question: {worker.name: [] for worker in workers} for question in questions}
    for number in range(rounds + 1):
        for question in questions:
            answers = {}
            for worker in workers:
                measurement, answers[worker.name] = worker.ask(question)
                if number > 0:
                    results[question][worker.name].append(measurement)
                say(
                    f"  {number}/{rounds}  {question:<4} {worker.name:<15} {measurement.wall:8.3f} s wall "
                    f"{measurement.cpu:8.3f} s CPU {measurement.peak / 1024:8.1f} MB"
                )
            if are_equal:
                check(question, answers)
    return results


def check(question: str, answers: dict[str, Answer]) -> None:
    (ours, expected), *others = answers.items()
    for name, answer in others:
        if not answer.agrees(expected):
            raise BenchmarkError(
                f"{ours} and {name} give different answers to {question}: {expected} against {answer}"
            )
