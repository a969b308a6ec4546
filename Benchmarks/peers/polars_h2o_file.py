"""usage: polars_h2o_file.py THREADS OUTPUT FILE QUESTION     (the number of threads comes in by POLARS_MAX_THREADS)"""

import sys

import polars as pl
from polars_h2o import GROUPBY, GROUPBY_TYPES

_, _, output, file, question = sys.argv
GROUPBY[question](pl.scan_csv(file, schema_overrides=GROUPBY_TYPES)).collect(engine="streaming").write_csv(output)
