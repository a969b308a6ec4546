"""usage: dask_main_job.py THREADS OUTPUT PRICES"""

import sys

import dask
import dask.dataframe as dd

_, threads, output, prices = sys.argv
columns = ["open", "high", "low", "close", "volume"]

dask.config.set(scheduler="threads", num_workers=int(threads))
frame = dd.read_csv(
    prices,
    usecols=["symbol", "date", *columns],
    dtype={name: "float64" for name in columns},
    parse_dates=["date"],
    blocksize=16e6,
)
frame["year"] = frame["date"].dt.year
result = frame.groupby(["symbol", "year"])[columns].mean().compute().reset_index()
result.columns = ["symbol", "year", *(f"mean_{name}" for name in columns)]
result.to_csv(output, index=False)
