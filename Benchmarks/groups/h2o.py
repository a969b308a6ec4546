"""db-benchmark's group-by and join questions: in memory, from the file, and how the times grow with the rows."""

import csv
import math
import statistics
from contextlib import ExitStack
from pathlib import Path

import workers
from measure import BenchmarkError, Program, medians, race
from report import Outcome, Row, Table
from setting import Setting

NAME = "h2o"

ROWS = 10_000_000
FEWEST_ROWS = 1_000_000  # fewer make groups of one row, of whose correlation the engines say different things
SLOW_ROUNDS = 3  # of the file's question with as many groups as rows

# What is asked, the keys of the answer, and how our tool asks it.
GROUPBY = {
    "q1": ("sum v1 by id1", "id1", "sum(v1) as v1"),
    "q2": ("sum v1 by id1, id2", "id1,id2", "sum(v1) as v1"),
    "q3": ("sum v1, mean v3 by id3", "id3", "sum(v1) as v1, mean(v3) as v3"),
    "q4": ("mean v1, v2, v3 by id4", "id4", "mean(v1) as v1, mean(v2) as v2, mean(v3) as v3"),
    "q5": ("sum v1, v2, v3 by id6", "id6", "sum(v1) as v1, sum(v2) as v2, sum(v3) as v3"),
    "q6": ("median v3, deviation v3 by id4, id5", "id4,id5", "median(v3) as median_v3, std(v3) as sd_v3"),
    "q7": ("max v1 - min v2 by id3", "id3", "max(v1) - min(v2) as range_v1_v2"),
    "q8": ("largest two v3 by id6", "id6", "top(v3, 2) as largest2_v3"),
    "q9": ("correlation² v1, v2 by id2, id4", "id2,id4", "pow(corr(v1, v2), 2) as r2"),
    "q10": ("sum v3, count by id1 … id6", "id1,id2,id3,id4,id5,id6", "sum(v3) as v3, count() as count"),
}
JOIN = {
    "q1": "small inner on int",
    "q2": "medium inner on int",
    "q3": "medium left on int",
    "q4": "medium inner on text",
    "q5": "big inner on int",
}
WORDS = {"groupby": "group-by", "join": "join"}
# Lists that become rows.
EXPLODED = {"q8": "largest2_v3"}

METHOD = """
The questions and the data of db-benchmark (https://github.com/duckdblabs/db-benchmark): {rows:,} rows, 100 groups, nothing
missing, nothing sorted.

*In memory*: a process for each engine, on two threads, bound to the same two cores, holds the data and answers one question
at a time, in turns with the others. The time is that from the question to the whole answer in memory, without what came
before: reading the file, encoding the texts. After each question the number of rows and the sums of the answers' values
are compared (within a relative 1e-9). Integers have 64 bits in ours and 32 in the others; floats have 64 in all. The texts of the
group-by are categories in ours; those of the joins are plain strings. Polars runs its
streaming engine on columns of one piece with all texts as categories, which is faster than plain strings and than its
other engine. DuckDB makes a temporary table, with the texts as enumerations, except id6 of the joins, which gains nothing by it.

*From the file*: whole processes, from the CSV file in the page cache to a CSV file of the groups, the peers with declared
types. The answers are compared group by group (floats within a relative 1e-9), those of q8 and q10 by their rows and sums.

Runs: {rounds} of each after a warm-up, {slow} of q10 from the file.
"""


def run(setting: Setting) -> Outcome:
    rows = max(FEWEST_ROWS, min(ROWS, setting.rows))
    outcome = Outcome(METHOD.format(rows=rows, rounds=setting.rounds, slow=min(SLOW_ROUNDS, setting.rounds)))
    groups, tables = data("groupby", setting, rows), data("join", setting, rows)
    measure_memory(setting, outcome, "groupby", groups)
    measure_memory(setting, outcome, "join", tables)
    measure_file(setting, outcome, groups)
    measure_growth(setting, outcome, "groupby", rows)
    measure_growth(setting, outcome, "join", rows)
    return outcome


def data(task: str, setting: Setting, rows: int) -> Path:
    if task == "groupby":
        path = setting.dataset("h2o-groupby", rows, row_size=60)
    else:
        path = setting.dataset("h2o-join", rows, row_size=110, ending="")
    if path is None:
        raise BenchmarkError("no room for the data of h2o; a smaller trial: make bench ONLY=h2o ROWS=1000000")
    return path


def questions(task: str) -> list[str]:
    return list(GROUPBY if task == "groupby" else JOIN)


def title(task: str, question: str) -> str:
    return f"group-by {question}, {GROUPBY[question][0]}" if task == "groupby" else f"join {question}, {JOIN[question]}"


def measure_memory(setting: Setting, outcome: Outcome, task: str, path: Path) -> None:
    with ExitStack() as stack:
        # One after the other: while they load, they need the most memory.
        running = []
        for start in (
            lambda: setting.own_worker(task, str(path)),
            lambda: setting.peer_worker("polars", "polars_h2o.py", task, str(path)),
            lambda: setting.peer_worker("duckdb", "duckdb_h2o.py", task, str(path)),
        ):
            running.append(stack.enter_context(start()))
            running[-1].wait_until_ready()
        results = workers.race(running, questions(task), setting.rounds)
    runs = outcome.runs[f"{WORDS[task]} in memory"] = {}
    for question, by_engine in results.items():
        runs |= {f"{question} {engine}": measurements for engine, measurements in by_engine.items()}
        wall = {engine: value * 1000 for engine, value in medians(by_engine, "wall").items()}
        target = 1.5 if (task, question) == ("groupby", "q10") else 2
        outcome.rows.append(Row(NAME, title(task, question), "ms", wall.pop("lazyframe"), wall, target))


def measure_file(setting: Setting, outcome: Outcome, file: Path) -> None:
    runs = outcome.runs["group-by from the file"] = {}
    for question, (_, keys, aggregates) in GROUPBY.items():
        slow = question == "q10"
        explode = ["--explode", EXPLODED[question]] if question in EXPLODED else []
        programs = [
            setting.ours(
                "groupby", str(file), "--by", keys, "--agg", aggregates, *explode, "--threads", "2",
                answer=setting.answer(f"h2o-{question}"),
            )
        ]  # fmt: skip
        for peer in ("polars", "duckdb"):
            answer = setting.answer(f"h2o-{question}-{peer}")
            programs.append(setting.peer(peer, f"{peer}_h2o_file.py", str(file), question, answer=answer))
        rounds = min(SLOW_ROUNDS, setting.rounds) if slow else setting.rounds
        by_sums = slow or question in EXPLODED
        results = race(programs, rounds, lambda: check_files(setting, programs, keys, by_sums))
        for program in programs:
            Path(program.answer).unlink()
        runs |= {f"{question} {program}": measurements for program, measurements in results.items()}
        wall = medians(results, "wall")
        name = f"from the file: {title('groupby', question)}"
        outcome.rows.append(Row(NAME, name, "s", wall.pop("lazyframe"), wall, 0.5))


def check_files(setting: Setting, programs: list[Program], keys: str, by_sums: bool) -> None:
    if not by_sums:
        return setting.check_answers(programs, keys.split(","), tolerance=1e-9)
    # Ten million groups as dictionaries would not fit, and those of two rows have no key.
    workers.check("q10", {program.name: summed(program.answer) for program in programs})


def summed(path: str) -> workers.Answer:
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        values = [index for index, name in enumerate(next(rows)) if not name.startswith("id")]
        columns = [[] for _ in values]
        for row in rows:
            for column, index in zip(columns, values):
                column.append(float(row[index]))
    return workers.Answer(len(columns[0]), [math.fsum(column) for column in columns])


def measure_growth(setting: Setting, outcome: Outcome, task: str, rows: int) -> None:
    """Ours alone, a worker for each size: a question should take ten times as long for ten times the rows."""
    sizes = [rows // 100, rows // 10, rows]
    with ExitStack() as stack:
        running = [
            stack.enter_context(setting.own_worker(task, str(data(task, setting, size)), name=f"{size} rows"))
            for size in sizes
        ]
        for worker in running:
            worker.wait_until_ready()
        results = workers.race(running, questions(task), setting.rounds, are_equal=False)
    lines = []
    for question, by_size in results.items():
        times = [statistics.median(m.wall for m in runs) * 1000 for runs in by_size.values()]
        factors = [later / earlier for earlier, later in zip(times, times[1:])]
        lines.append([title(task, question), *(f"{time:.4g}" for time in times), *(f"{f:.3g}" for f in factors)])
    columns = ["question", *(f"{size:,} rows, ms" for size in sizes), "factor", "factor"]
    outcome.tables.append(Table(f"How the time of a {WORDS[task]} question grows with the rows", columns, lines))
