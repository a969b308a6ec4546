"""usage: dask_head.py THREADS OUTPUT FILE"""

import sys

import dask
import dask.dataframe as dd

_, threads, output, file = sys.argv
dask.config.set(scheduler="threads", num_workers=int(threads))
# Without `assume_missing` an integer column that lacks a value further down is an error.
dd.read_csv(file, blocksize=16e6, assume_missing=True).head(10).to_csv(output, index=False)
