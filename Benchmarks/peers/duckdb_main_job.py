"""usage: duckdb_main_job.py THREADS OUTPUT PRICES"""

import sys

import duckdb

_, threads, output, prices = sys.argv
columns = ["open", "high", "low", "close", "volume"]

types = {
    "row": "BIGINT", "symbol": "VARCHAR", "date": "DATE", "open": "DOUBLE", "high": "DOUBLE", "low": "DOUBLE",
    "close": "DOUBLE", "volume": "BIGINT", "adjusted": "DOUBLE",
}  # fmt: skip
means = ", ".join(f"avg({name}) AS mean_{name}" for name in columns)

connection = duckdb.connect()
connection.execute(f"SET threads = {int(threads)}")
connection.execute("SET preserve_insertion_order = false")
connection.execute(
    f"""
    COPY (
      SELECT symbol, year(date) AS year, {means}
      FROM read_csv('{prices}', columns = {types}, nullstr = 'NA', auto_detect = false, header = true,
                    delim = ',', quote = '"', escape = '"', new_line = '\\n')
      GROUP BY ALL
    ) TO '{output}' (HEADER)
    """
)
