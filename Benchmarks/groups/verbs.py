"""Every verb of a frame at three sizes: no time may grow much faster than the rows."""

import statistics
from contextlib import ExitStack

import workers
from measure import BenchmarkError
from report import Outcome, Row, Table
from setting import Setting

NAME = "verbs"

ROWS = 10_000_000
FEWEST_ROWS = 1_000_000
# Ten times the rows may take as many times the time: sorting and tables that leave the cache take more than ten.
LARGEST_FACTOR = 25

VERBS = [
    "filter", "select", "text function", "drop nulls", "fill nulls forward", "sort by float", "sort by two keys",
    "sort by text", "top k", "head", "tail", "slice", "sample n", "sample fraction", "distinct on few",
    "distinct on many", "distinct", "value counts", "number of unique values", "quantile", "describe",
    "correlation of columns", "group to lists", "group by mode", "explode", "pivot", "unpivot", "shift",
    "cumulative sum", "rank", "rank over a key", "mean over a key", "rolling mean", "rolling median over a key",
    "semi join", "anti join", "left join", "right join", "full join", "asof join", "cross join", "concat below",
    "concat beside", "row numbers", "map partitions", "repartition",
]  # fmt: skip

METHOD = """
Each verb on the rows of db-benchmark's group-by, which our worker holds in memory, on two threads: {sizes} rows, a worker
for each size, asked in turns. The time is that to the whole result in memory. A verb whose time grew with the square of
the rows would take a hundred times as long for ten times the rows; the limit is {factor} times. Runs: {rounds} after a
warm-up.
"""


def run(setting: Setting) -> Outcome:
    rows = max(FEWEST_ROWS, min(ROWS, setting.rows))
    sizes = [rows // 100, rows // 10, rows]
    rounds = min(3, setting.rounds)
    outcome = Outcome(
        METHOD.format(sizes=", ".join(f"{size:,}" for size in sizes), factor=LARGEST_FACTOR, rounds=rounds)
    )
    with ExitStack() as stack:
        running = [
            stack.enter_context(setting.own_worker("verbs", str(data(setting, size)), name=f"{size} rows"))
            for size in sizes
        ]
        for worker in running:
            worker.wait_until_ready()
        results = workers.race(running, VERBS, rounds, are_equal=False)
    lines = []
    for verb, by_size in results.items():
        times = [statistics.median(m.wall for m in runs) * 1000 for runs in by_size.values()]
        factors = [later / earlier for earlier, later in zip(times, times[1:])]
        memory = statistics.median(m.peak for m in by_size[f"{rows} rows"]) / 1024
        lines.append(
            [verb, *(f"{time:.4g}" for time in times), *(f"{factor:.3g}" for factor in factors), f"{memory:.0f}"]
        )
        outcome.rows.append(
            Row(NAME, verb, "times longer", factors[-1], {f"limit for {rows:,} rows": LARGEST_FACTOR}, 1)
        )
    columns = ["verb", *(f"{size:,} rows, ms" for size in sizes), "factor", "factor", "peak MB of the process"]
    outcome.tables.append(Table("How the time of a verb grows with the rows", columns, lines))
    return outcome


def data(setting: Setting, rows: int):
    path = setting.dataset("h2o-groupby", rows, row_size=60)
    if path is None:
        raise BenchmarkError("no room for the data of verbs; a smaller trial: make bench ONLY=verbs ROWS=1000000")
    return path
