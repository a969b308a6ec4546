"""usage: duckdb_head.py THREADS OUTPUT FILE"""

import sys

import duckdb

_, threads, output, file = sys.argv
connection = duckdb.connect()
connection.execute(f"SET threads = {int(threads)}")
connection.execute(f"COPY (SELECT * FROM read_csv('{file}', nullstr = 'NA') LIMIT 10) TO '{output}' (HEADER)")
