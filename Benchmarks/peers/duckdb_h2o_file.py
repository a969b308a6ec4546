"""usage: duckdb_h2o_file.py THREADS OUTPUT FILE QUESTION"""

import sys

from duckdb_h2o import GROUPBY, GROUPBY_TYPES, connect, reading

_, threads, output, file, question = sys.argv
connection = connect(threads)
connection.execute(f"CREATE VIEW x AS FROM {reading(file, GROUPBY_TYPES)}")
connection.execute(f"COPY ({GROUPBY[question]}) TO '{output}' (HEADER)")
