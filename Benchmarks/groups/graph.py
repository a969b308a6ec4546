"""Task graphs: what it costs to build, order and run tasks that do next to nothing, and what the memory budget holds."""

from pathlib import Path

from measure import BenchmarkError, Program, medians, race
from report import Outcome, Row
from setting import THREADS, Setting

NAME = "graph"

INDEPENDENT, TREE, CHAIN = 1_000_000, 1_048_575, 1_000_000
DASK_INDEPENDENT, DASK_TREE = 100_000, 65_535  # Dask needs a minute for a million
DASK_ROUNDS = 3

METHOD = """
Whole processes on two threads, bound to the same two cores. The time of a task is the time of the process less that of a
process with one task, divided by the tasks: so it includes building the graph, putting it in order, running it, and
freeing all of it. Our graphs have {independent:,} independent tasks, {tree:,} in a binary tree that adds up its leaves, and
{chain:,} in a chain; Dask's have {dask_independent:,} and {dask_tree:,}, as its time grows with the tasks. Dask runs the
same graphs as dictionaries, on its threads and synchronously, and comes to the same sums. Memory is the peak of the whole
process divided by the tasks. The cost of profiling is that of 100,000 tasks of about 10 us, in CPU time. The budget
case adds up 200 pieces of 100 MB, made and used at an uneven pace, with a budget of 1 GB. Runs: {rounds} of each program
after a warm-up, {dask_rounds} of Dask.
"""


def run(setting: Setting) -> Outcome:
    outcome = Outcome(
        METHOD.format(
            independent=INDEPENDENT, tree=TREE, chain=CHAIN, dask_independent=DASK_INDEPENDENT, dask_tree=DASK_TREE,
            rounds=setting.rounds, dask_rounds=min(DASK_ROUNDS, setting.rounds),
        )
    )
    measure_tasks(setting, outcome)
    measure_steps(setting, outcome)
    measure_threads(setting, outcome)
    measure_profiling(setting, outcome)
    measure_budget(setting, outcome)
    return outcome


def ours(setting: Setting, case: str, count: int, threads: int = THREADS, name: str | None = None) -> Program:
    binary = setting.binary.parent / "GraphBenchmark"
    answer = setting.answer(f"graph-{name or case}-{count}")
    return Program(name or case, [str(binary), case, str(count), str(threads), str(answer)], answer=str(answer))


def dask(setting: Setting, case: str, count: int, scheduler: str) -> Program:
    name = f"dask {scheduler}" + (" start" if count == 1 else "")
    answer = setting.answer(f"graph-dask-{case}-{count}-{scheduler}")
    return setting.peer(name, "dask_graph.py", case, str(count), scheduler, rounds=DASK_ROUNDS, answer=answer)


def measure_tasks(setting: Setting, outcome: Outcome) -> None:
    """Everything included, against Dask."""
    for case, count, dask_count in (("independent", INDEPENDENT, DASK_INDEPENDENT), ("tree", TREE, DASK_TREE)):
        programs = [ours(setting, case, count), ours(setting, case, 1, name="start")]
        leaves = {case: leaves_of(case, count), "start": 1}
        for scheduler in ("threads", "synchronous"):
            for size in (dask_count, 1):
                programs.append(dask(setting, case, size, scheduler))
                leaves[programs[-1].name] = leaves_of(case, size)
        results = race(programs, setting.rounds, lambda: check(programs, leaves))
        outcome.runs[f"{case} tasks"] = results
        wall = medians(results, "wall")
        per_task = (wall[case] - wall["start"]) / count * 1e6
        peers = {
            f"dask {scheduler}": (wall[f"dask {scheduler}"] - wall[f"dask {scheduler} start"]) / dask_count * 1e6
            for scheduler in ("threads", "synchronous")
        }
        outcome.rows.append(Row(NAME, f"{case}: a task, all included", "us", per_task, peers))
        outcome.rows.append(Row(NAME, f"{case}: a task against its limit", "us", per_task, {"limit": 1.0}, 1))
        memory = medians(results, "peak")[case] * 1024 / count
        outcome.rows.append(Row(NAME, f"{case}: memory of a task", "bytes", memory, {"limit": 200}, 1))


def leaves_of(case: str, count: int) -> int:
    return (count + 1) // 2 if case == "tree" else count


def check(programs: list[Program], leaves: dict[str, int]) -> None:
    """Every leaf counts one."""
    for program in programs:
        found = int(Path(program.answer).read_text())
        if found != leaves[program.name]:
            raise BenchmarkError(f"{program.name} found {found} where {leaves[program.name]} is right")


def measure_steps(setting: Setting, outcome: Outcome) -> None:
    """Building and ordering alone."""
    cases = (("independent", INDEPENDENT), ("tree", TREE), ("chain", CHAIN))
    programs = [ours(setting, "build-independent", 1, name="start"), ours(setting, "chain", CHAIN)]
    for case, count in cases:
        programs += [ours(setting, f"build-{case}", count), ours(setting, f"order-{case}", count)]
    results = race(programs, setting.rounds)
    outcome.runs["building and ordering"] = results
    wall = medians(results, "wall")
    for case, count in cases:
        build = (wall[f"build-{case}"] - wall["start"]) / count * 1e6
        order = (wall[f"order-{case}"] - wall[f"build-{case}"]) / count * 1e6
        outcome.rows.append(Row(NAME, f"{case}: building a task", "us", build, {"limit of all": 1.0}))
        outcome.rows.append(Row(NAME, f"{case}: ordering a task", "us", order, {"limit": 0.3}, 1))
    chain = (wall["chain"] - wall["start"]) / CHAIN * 1e6
    outcome.rows.append(Row(NAME, "chain: a task, all included", "us", chain, {"limit": 1.0}, 1))


def measure_threads(setting: Setting, outcome: Outcome) -> None:
    programs = [ours(setting, "long", 200, 1, "1-thread"), ours(setting, "long", 200, 2, "2-threads")]
    programs.append(ours(setting, "idle", 1, 2))
    results = race(programs, setting.rounds)
    outcome.runs["1 and 2 threads, and none at work"] = results
    wall = medians(results, "wall")
    outcome.rows.append(
        Row(NAME, "2 threads against 1, tasks of 10 ms", "s", wall["2-threads"], {"1 thread": wall["1-thread"]}, 1 / 1.9)
    )
    idle = medians(results, "cpu")["idle"] * 1000
    outcome.rows.append(Row(NAME, "CPU time of a pool that is idle for a second", "ms", idle, {"limit": 10}, 1))


def measure_profiling(setting: Setting, outcome: Outcome) -> None:
    programs = [ours(setting, "short", 100_000), ours(setting, "profiled", 100_000)]
    results = race(programs, max(setting.rounds, 11))
    outcome.runs["profiling"] = results
    cpu = medians(results, "cpu")
    outcome.rows.append(
        Row(NAME, "profiling 100,000 tasks of 10 us, CPU time", "s", cpu["profiled"], {"without": cpu["short"]}, 1.02)
    )


def measure_budget(setting: Setting, outcome: Outcome) -> None:
    programs = [ours(setting, "budget", 200, threads, f"{threads}-threads-budget") for threads in (2, 8)]
    results = race(programs, min(3, setting.rounds))
    outcome.runs["20 GB under a budget of 1 GB"] = results
    for threads in (2, 8):
        peak = medians(results, "peak")[f"{threads}-threads-budget"] * 1024 / 1e6
        case = f"20 GB in pieces of 100 MB under a budget of 1 GB, {threads} threads: peak"
        outcome.rows.append(Row(NAME, case, "MB", peak, {"limit": 1200}, 1))
