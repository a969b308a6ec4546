"""usage: pandas_main_job.py THREADS OUTPUT PRICES     (pandas uses one thread)"""

import sys

import pandas as pd

_, _, output, prices = sys.argv
columns = ["open", "high", "low", "close", "volume"]

frame = pd.read_csv(
    prices,
    engine="c",
    usecols=["symbol", "date", *columns],
    dtype={"symbol": "category"} | {name: "float64" for name in columns},
    parse_dates=["date"],
)
year = frame["date"].dt.year.rename("year")
result = frame.groupby(["symbol", year], observed=True, sort=False)[columns].mean().reset_index()
result.columns = ["symbol", "year", *(f"mean_{name}" for name in columns)]
result.to_csv(output, index=False)
