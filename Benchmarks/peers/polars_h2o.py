"""usage: polars_h2o.py THREADS groupby FILE     the worker of the group `h2o` (POLARS_MAX_THREADS sets the threads)
       polars_h2o.py THREADS join FOLDER

The questions as https://github.com/duckdblabs/db-benchmark asks them, with what is fastest here: its streaming engine, each
column in one piece, and all texts as categories.
"""

import sys

import polars as pl
from polars import col
from worker import serve

GROUPBY_TYPES = {name: pl.Int32 for name in ("id4", "id5", "id6", "v1", "v2")} | {"v3": pl.Float64}
JOIN_TYPES = {name: pl.Int32 for name in ("id1", "id2", "id3")} | {name: pl.Float64 for name in ("v1", "v2")}

GROUPBY = {
    "q1": lambda x: x.group_by("id1").agg(col("v1").sum()),
    "q2": lambda x: x.group_by("id1", "id2").agg(col("v1").sum()),
    "q3": lambda x: x.group_by("id3").agg(col("v1").sum(), col("v3").mean()),
    "q4": lambda x: x.group_by("id4").agg(col("v1").mean(), col("v2").mean(), col("v3").mean()),
    "q5": lambda x: x.group_by("id6").agg(col("v1").sum(), col("v2").sum(), col("v3").sum()),
    "q6": lambda x: x.group_by("id4", "id5").agg(
        col("v3").median().alias("median_v3"), col("v3").std().alias("sd_v3")
    ),
    "q7": lambda x: x.group_by("id3").agg((col("v1").max() - col("v2").min()).alias("range_v1_v2")),
    "q8": lambda x: (
        x.drop_nulls("v3").group_by("id6").agg(col("v3").top_k(2).alias("largest2_v3")).explode("largest2_v3")
    ),
    "q9": lambda x: x.group_by("id2", "id4").agg((pl.corr("v1", "v2", method="pearson") ** 2).alias("r2")),
    "q10": lambda x: x.group_by("id1", "id2", "id3", "id4", "id5", "id6").agg(
        col("v3").sum(), pl.len().alias("count")
    ),
}
JOIN = {
    "q1": lambda x, small, medium, big: x.join(small, on="id1"),
    "q2": lambda x, small, medium, big: x.join(medium, on="id2"),
    "q3": lambda x, small, medium, big: x.join(medium, on="id2", how="left"),
    "q4": lambda x, small, medium, big: x.join(medium, on="id5"),
    "q5": lambda x, small, medium, big: x.join(big, on="id3"),
}


def read(path: str, types: dict) -> pl.LazyFrame:
    frame = pl.read_csv(path, schema_overrides=types)
    return frame.with_columns(pl.col(pl.String).cast(pl.Categorical)).rechunk().lazy()


def sums(answer: pl.DataFrame) -> list:
    values = answer.select(pl.exclude("^id.*$"))
    # A sum of integers of 32 bits has 32 bits.
    values = values.with_columns(pl.selectors.integer().cast(pl.Int64))
    return [answer.height, *values.sum().row(0)]


def main() -> None:
    _, _, task, path = sys.argv
    if task == "groupby":
        questions, tables = GROUPBY, [read(path, GROUPBY_TYPES)]
    else:
        questions, tables = JOIN, [read(f"{path}/{name}.csv", JOIN_TYPES) for name in ("x", "small", "medium", "big")]
    # A question's default binds it: a name in the lambda would be looked up when it is called.
    serve({name: lambda ask=ask: ask(*tables).collect(engine="streaming") for name, ask in questions.items()}, sums)


if __name__ == "__main__":
    main()
