"""usage: duckdb_h2o.py THREADS groupby FILE     the worker of the group `h2o`
       duckdb_h2o.py THREADS join FOLDER

The questions as https://github.com/duckdblabs/db-benchmark asks them: the texts as enumerations, the answer as a temporary
table. It leaves the texts with many values as they are; id3 of the group-by questions is faster as an enumeration too, id6 of
the joins is not.
"""

import sys

import duckdb
from worker import serve

GROUPBY_TYPES = (
    {name: "VARCHAR" for name in ("id1", "id2", "id3")}
    | {name: "INTEGER" for name in ("id4", "id5", "id6", "v1", "v2")}
    | {"v3": "DOUBLE"}
)
JOIN_TYPES = (
    {name: "INTEGER" for name in ("id1", "id2", "id3")}
    | {name: "VARCHAR" for name in ("id4", "id5", "id6")}
    | {name: "DOUBLE" for name in ("v1", "v2")}
)

GROUPBY = {
    "q1": "SELECT id1, sum(v1) AS v1 FROM x GROUP BY id1",
    "q2": "SELECT id1, id2, sum(v1) AS v1 FROM x GROUP BY id1, id2",
    "q3": "SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM x GROUP BY id3",
    "q4": "SELECT id4, avg(v1) AS v1, avg(v2) AS v2, avg(v3) AS v3 FROM x GROUP BY id4",
    "q5": "SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM x GROUP BY id6",
    "q6": "SELECT id4, id5, quantile_cont(v3, 0.5) AS median_v3, stddev(v3) AS sd_v3 FROM x GROUP BY id4, id5",
    "q7": "SELECT id3, max(v1) - min(v2) AS range_v1_v2 FROM x GROUP BY id3",
    "q8": "SELECT id6, unnest(max(v3, 2)) AS largest2_v3 FROM x WHERE v3 IS NOT NULL GROUP BY id6",
    "q9": "SELECT id2, id4, pow(corr(v1, v2), 2) AS r2 FROM x GROUP BY id2, id4",
    "q10": "SELECT id1, id2, id3, id4, id5, id6, sum(v3) AS v3, count(*) AS count FROM x "
    "GROUP BY id1, id2, id3, id4, id5, id6",
}
JOIN = {
    "q1": "SELECT x.*, y.id4 AS y_id4, v2 FROM x JOIN small y USING (id1)",
    "q2": "SELECT x.*, y.id1 AS y_id1, y.id4 AS y_id4, y.id5 AS y_id5, v2 FROM x JOIN medium y USING (id2)",
    "q3": "SELECT x.*, y.id1 AS y_id1, y.id4 AS y_id4, y.id5 AS y_id5, v2 FROM x LEFT JOIN medium y USING (id2)",
    "q4": "SELECT x.*, y.id1 AS y_id1, y.id2 AS y_id2, y.id4 AS y_id4, v2 FROM x JOIN medium y USING (id5)",
    "q5": "SELECT x.*, y.id1 AS y_id1, y.id2 AS y_id2, y.id4 AS y_id4, y.id5 AS y_id5, y.id6 AS y_id6, v2 "
    "FROM x JOIN big y USING (id3)",
}


def connect(threads: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    return connection


def reading(path: str, types: dict) -> str:
    return f"read_csv('{path}', columns = {types}, header = true, auto_detect = false, delim = ',', new_line = '\\n')"


def load(connection: duckdb.DuckDBPyConnection, files: dict[str, str], types: dict, enumerations: list[str]) -> None:
    """Makes a table of each file. An enumeration has the values of its column in all of them."""
    columns = {}
    for table, path in files.items():
        with open(path) as file:
            columns[table] = file.readline().strip().split(",")
        schema = {name: types[name] for name in columns[table]}
        connection.execute(f"CREATE TABLE text_{table} AS FROM {reading(path, schema)}")
    for name in enumerations:
        values = " UNION ".join(f"SELECT {name} FROM text_{table}" for table in files if name in columns[table])
        connection.execute(f"CREATE TYPE {name}_values AS ENUM ({values})")
    for table in files:
        casts = ", ".join(f"{name}::{name}_values AS {name}" if name in enumerations else name
                          for name in columns[table])  # fmt: skip
        connection.execute(f"CREATE TABLE {table} AS SELECT {casts} FROM text_{table}")
        connection.execute(f"DROP TABLE text_{table}")


def main() -> None:
    _, threads, task, path = sys.argv
    connection = connect(threads)
    if task == "groupby":
        questions = GROUPBY
        load(connection, {"x": path}, GROUPBY_TYPES, ["id1", "id2", "id3"])
    else:
        questions = JOIN
        files = {name: f"{path}/{name}.csv" for name in ("x", "small", "medium", "big")}
        load(connection, files, JOIN_TYPES, ["id4", "id5"])

    def sums(_) -> list:
        names = [row[0] for row in connection.execute("DESCRIBE answer").fetchall()]
        values = "".join(f", sum({name})" for name in names if not name.startswith(("id", "y_id")))
        row = connection.execute(f"SELECT count(*){values} FROM answer").fetchone()
        connection.execute("DROP TABLE answer")
        return list(row)

    serve(
        {
            name: lambda ask=ask: connection.execute(f"CREATE TEMP TABLE answer AS {ask}")
            for name, ask in questions.items()
        },
        sums,
    )


if __name__ == "__main__":
    main()
