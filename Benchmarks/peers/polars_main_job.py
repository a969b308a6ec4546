"""usage: polars_main_job.py THREADS OUTPUT PRICES     (the number of threads comes in by POLARS_MAX_THREADS)"""

import sys

import polars as pl

_, _, output, prices = sys.argv
columns = ["open", "high", "low", "close", "volume"]

types = {"date": pl.Date, "volume": pl.Int64} | {name: pl.Float64 for name in columns[:-1]}
(
    pl.scan_csv(prices, null_values=["NA"], schema_overrides=types)
    .group_by("symbol", pl.col("date").dt.year().alias("year"))
    .agg(pl.col(name).mean().alias(f"mean_{name}") for name in columns)
    .collect(engine="streaming")
    .write_csv(output)
)
