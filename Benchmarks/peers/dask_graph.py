"""usage: dask_graph.py THREADS OUTPUT CASE COUNT SCHEDULER: the graphs of GraphBenchmark, as Dask's dictionaries."""

import sys
from operator import add

import dask
import dask.threaded

_, threads, output, case, count, scheduler = sys.argv
count = int(count)


def one() -> int:
    return 1


if case == "independent":
    graph = {("task", index): (one,) for index in range(count)}
    outputs = list(graph)
elif case == "tree":
    level = [("leaf", index) for index in range((count + 1) // 2)]
    graph = {key: (one,) for key in level}
    depth = 0
    while len(level) > 1:
        depth += 1
        above = []
        for index in range(0, len(level) - 1, 2):
            key = (f"add-{depth}", index // 2)
            graph[key] = (add, level[index], level[index + 1])
            above.append(key)
        level = above + ([level[-1]] if len(level) % 2 else [])
    outputs = level
else:
    sys.exit(f"no case {case}")

if scheduler == "threads":
    results = dask.threaded.get(graph, outputs, num_workers=int(threads))
else:
    results = dask.get(graph, outputs)
with open(output, "w") as file:
    print(sum(results), file=file)
