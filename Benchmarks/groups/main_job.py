"""The main job: the mean of five columns of a 1 GB price history, by symbol and year, from the file."""

from pathlib import Path

from measure import BenchmarkError, medians, race
from report import Outcome, Row
from setting import HERE, THREADS, Setting

NAME = "main-job"

SLOW_ROUNDS = 3  # of dask and pandas, which take far longer than the rest
SAMPLE = HERE.parent / "datasets" / "prices.csv"
QUERY = ["--by", "symbol, year(date) as year", "--agg", "mean(open, high, low, close, volume)"]
KEYS = ["symbol", "year"]

METHOD = """
The query: mean of open, high, low, close and volume by symbol and year, from a CSV file of {rows:,} rows
({size:.2f} GB, in the page cache) to a CSV file of the groups. Whole processes, two threads each, bound to the same
two cores; the answers are compared (same groups, floats within a relative 1e-12). Each peer reads the way that was
found fastest for it: Polars with its streaming engine and declared types, DuckDB with declared types and dialect and
no insertion order to preserve, Dask in blocks of 16 MB on its threads, pandas with its C parser (faster here than
through pyarrow), needed columns only, the symbol as a category. A peer's time includes starting Python and importing
the library, which is what its user waits for; it decides the `head` cases. Runs: {rounds} of each program after a
warm-up, but {slow} of dask and pandas.
"""


def run(setting: Setting) -> Outcome:
    prices = setting.prices()
    if prices is None:
        raise BenchmarkError("no room for the data of main-job; a smaller trial: make bench ROWS=1000000")
    size = prices.stat().st_size
    slow = min(SLOW_ROUNDS, setting.rounds)
    outcome = Outcome(METHOD.format(rows=setting.rows, size=size / 1e9, rounds=setting.rounds, slow=slow))
    measure_query(setting, outcome, prices, slow)
    measure_threads(setting, outcome, prices)
    measure_growth(setting, outcome, prices)
    measure_head(setting, outcome, "sample", SAMPLE, limit=0.015)
    measure_head(setting, outcome, "large file", prices, limit=0.020)
    measure_generator(setting, outcome)
    return outcome


def groupby(setting: Setting, prices: Path, name: str, threads: int = THREADS, times: int = 1):
    """The query on a file, or on the file read several times over."""
    return setting.ours(
        "groupby", *[str(prices)] * times, *QUERY, "--threads", str(threads), name=name, answer=setting.answer(name)
    )


def peers(setting: Setting, job: str, file: Path, slow: int):
    for name, rounds in (("polars", None), ("duckdb", None), ("dask", slow), ("pandas", slow)):
        yield setting.peer(name, f"{name}_{job}.py", str(file), rounds=rounds, answer=setting.answer(f"{name}-{job}"))


def measure_query(setting: Setting, outcome: Outcome, prices: Path, slow: int) -> None:
    programs = [groupby(setting, prices, "lazyframe"), *peers(setting, "main_job", prices, slow)]
    results = race(programs, setting.rounds, lambda: setting.check_answers(programs, KEYS))
    outcome.runs["the query"] = results
    for case, aspect, unit, scale, target in (
        ("wall time", "wall", "s", 1, 0.25),
        ("CPU time", "cpu", "s", 1, 0.25),
        ("peak memory", "peak", "MB", 1 / 1024, None),
    ):
        values = {name: value * scale for name, value in medians(results, aspect).items()}
        outcome.rows.append(Row(NAME, case, unit, values.pop("lazyframe"), values, target))
    peak = outcome.rows[-1].ours
    outcome.rows.append(Row(NAME, "peak memory against its limit", "MB", peak, {"limit": 100}, 1))


def measure_threads(setting: Setting, outcome: Outcome, prices: Path) -> None:
    one, two = groupby(setting, prices, "1-thread", 1), groupby(setting, prices, "2-threads", 2)
    results = race([one, two], max(setting.rounds, 11), lambda: same_bytes(one.answer, two.answer))
    outcome.runs["1 and 2 threads"] = results
    wall = medians(results, "wall")
    outcome.rows.append(
        Row(NAME, "2 threads against 1, wall time", "s", wall["2-threads"], {"1 thread": wall["1-thread"]}, 1 / 1.8)
    )


def measure_growth(setting: Setting, outcome: Outcome, prices: Path) -> None:
    """Memory depends on the groups, not on the rows: four times the rows, first with the same groups, then with more."""
    programs = [groupby(setting, prices, "1x"), groupby(setting, prices, "4x", times=4)]
    larger = setting.prices(times=4)
    if larger is None:
        outcome.remarks.append("peak memory on 4 times the rows and the groups: not enough disk for the file.")
    else:
        programs.append(groupby(setting, larger, "4x-groups"))
    try:
        results = race(programs, min(3, setting.rounds))
    finally:
        if larger is not None:
            larger.unlink()
    outcome.runs["1 and 4 times the rows"] = results
    peak = {name: value / 1024 for name, value in medians(results, "peak").items()}
    base = {"1x": peak["1x"]}
    outcome.rows.append(Row(NAME, "peak memory, 4x the rows against 1x", "MB", peak["4x"], base, 1.15))
    if larger is not None:
        outcome.rows.append(Row(NAME, "peak memory, 4x the rows and the groups", "MB", peak["4x-groups"], base))


def measure_head(setting: Setting, outcome: Outcome, what: str, file: Path, limit: float) -> None:
    """`head`: on the sample it shows the start-up time, on the large file that only its beginning is read."""
    ours = setting.ours("head", str(file), answer=setting.answer("lazyframe-head"))
    rounds = max(setting.rounds, 15)  # it is short, and milliseconds need more runs than seconds
    results = race([ours, *peers(setting, "head", file, slow=3)], rounds)
    outcome.runs[f"head, {what}"] = results
    wall = {name: value * 1000 for name, value in medians(results, "wall").items()}
    mine = wall.pop("lazyframe")
    outcome.rows.append(Row(NAME, f"head of the {what}", "ms", mine, wall))
    outcome.rows.append(Row(NAME, f"head of the {what} against its limit", "ms", mine, {"limit": limit * 1000}, 1))


def measure_generator(setting: Setting, outcome: Outcome) -> None:
    target = setting.answer("generated")
    program = setting.ours("datasets", "prices", "--rows", str(setting.rows), "--output", str(target))
    try:
        results = race([program], min(3, setting.rounds))
        size = target.stat().st_size
    finally:
        target.unlink(missing_ok=True)
    outcome.runs["the data set generator"] = results
    wall = medians(results, "wall")["lazyframe"]
    outcome.rows.append(Row(NAME, "generating the data", "s", wall, {"at 150 MB/s": size / 150e6}, 1))


def same_bytes(one: str, other: str) -> None:
    if Path(one).read_bytes() != Path(other).read_bytes():
        raise BenchmarkError(f"1 and 2 threads do not give the same bytes: {one} and {other}")
