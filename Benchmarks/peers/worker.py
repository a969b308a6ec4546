"""What the peers' workers have in common: see workers.py for how they are spoken to."""

import sys
import time
from typing import Callable


def serve(questions: dict[str, Callable], check: Callable) -> None:
    """Answers questions until the input ends. `check` gives the number of rows of an answer and the sums of its values."""
    print("ready", flush=True)
    for line in sys.stdin:
        question = questions[line.strip()]
        wall, cpu = time.perf_counter(), time.process_time()
        answer = question()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(wall, cpu, *check(answer), flush=True)
        del answer
