"""Runs commands as whole processes and measures them.

Wall time is from before the process is started until it has been waited for. CPU time (user and system) and
peak memory are the kernel's own counts for that process, as `wait4` returns them. A process starts out with the
peak of the one that started it, so figures below this harness's own size (about 20 MB) would read too high;
that is also why answers are compared in a process of their own.
"""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field


class BenchmarkError(Exception):
    """Something that makes the figures worthless: a program that failed, or a wrong answer."""


@dataclass(frozen=True)
class Measurement:
    """What one run took: seconds, seconds, kilobytes."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Program:
    """A command to measure. `rounds` limits how often a slow one runs; None means in every round."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    rounds: int | None = None
    answer: str | None = None  # the CSV file that it writes, if its answer is to be compared


def run_once(program: Program) -> Measurement:
    """Runs the program to its end; raises BenchmarkError with what it said if it fails."""
    start = time.perf_counter()
    # Standard error goes to a file: a full pipe would stop the program.
    with open(os.devnull, "wb") as nowhere, open(error_path(), "w+b") as errors:
        process = subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=nowhere,
            stderr=errors,
            env=os.environ | program.environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()[-2000:]
            raise BenchmarkError(
                f"{program.name} ended with status {process.returncode}\n"
                f"  command: {' '.join(program.command)}\n  it said: {said or 'nothing'}"
            )
    return Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def error_path() -> str:
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "standard-error.txt")


def race(programs: list[Program], rounds: int, after_warm_up=None) -> dict[str, list[Measurement]]:
    """Measures the programs in turns, A B C A B C, so that a busy minute of the machine hits all of them.

    Each runs once before the count starts, which also fills the page cache; then `after_warm_up` is called.
    """
    for program in programs:
        say(f"  warm-up  {program.name}")
        run_once(program)
    if after_warm_up is not None:
        after_warm_up()
    results: dict[str, list[Measurement]] = {program.name: [] for program in programs}
    for number in range(rounds):
        for program in programs:
            if program.rounds is not None and number >= program.rounds:
                continue
            result = run_once(program)
            results[program.name].append(result)
            say(
                f"  {number + 1}/{rounds}  {program.name:<20} {result.wall:8.3f} s wall "
                f"{result.cpu:8.3f} s CPU {result.peak / 1024:8.1f} MB"
            )
    return results


def medians(results: dict[str, list[Measurement]], aspect: str) -> dict[str, float]:
    """The median of one aspect (`wall`, `cpu` or `peak`) for each program."""
    return {name: statistics.median(getattr(m, aspect) for m in runs) for name, runs in results.items()}


def use_two_cores() -> str:
    """Binds this process, and so all it starts, to two cores, on different physical ones where there are.

    Peers start more threads than the two that they are told to use: this keeps the race fair on large machines.
    """
    allowed = sorted(os.sched_getaffinity(0))
    first = allowed[0]
    siblings = cpu_siblings(first)
    others = [cpu for cpu in allowed[1:] if cpu not in siblings] or allowed[1:]
    chosen = {first, *others[:1]}
    os.sched_setaffinity(0, chosen)
    return ", ".join(str(cpu) for cpu in sorted(chosen))


def cpu_siblings(cpu: int) -> set[int]:
    """The hardware threads that share a core with this one."""
    try:
        with open(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list") as file:
            parts = file.read().strip().split(",")
    except OSError:
        return {cpu}
    found = set()
    for part in parts:
        low, _, high = part.partition("-")
        found.update(range(int(low), int(high or low) + 1))
    return found


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
