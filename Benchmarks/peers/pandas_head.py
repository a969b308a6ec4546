"""usage: pandas_head.py THREADS OUTPUT FILE     (pandas uses one thread)"""

import sys

import pandas as pd

_, _, output, file = sys.argv
pd.read_csv(file, nrows=10).to_csv(output, index=False)
