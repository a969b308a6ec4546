"""usage: polars_head.py THREADS OUTPUT FILE     (the number of threads comes in by POLARS_MAX_THREADS)"""

import sys

import polars as pl

_, _, output, file = sys.argv
pl.scan_csv(file, null_values=["NA"]).head(10).collect().write_csv(output)
