"""Many tasks in several processes. Where the work runs is known here alone; the results are the same for any number of jobs."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerFailed(Exception):
    """A process of ours died or raised; the message is its traceback."""


def share(jobs: int, tasks: Sequence[Task], work: Callable[[Sequence[Task]], Result]) -> list[Result]:
    """`work` on every jobs-th task in each of `jobs` forked processes: a result for each, in order. One job works here."""
    if jobs <= 1 or len(tasks) < 2 or not hasattr(os, "fork"):
        return [work(tasks)]
    started = [_start(work, tasks[place::jobs]) for place in range(jobs)]
    return [_result(pid, reader) for pid, reader in started]


def _start(work: Callable, tasks: Sequence) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    status = 0
    try:
        answer = pickle.dumps((True, work(tasks)))
    except BaseException:  # the parent tells it; nothing of this process may outlive it
        answer, status = pickle.dumps((False, traceback.format_exc())), 1
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(answer)
    os._exit(status)


def _result(pid: int, reader: int):
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    if not answer:
        raise WorkerFailed(f"process {pid} ended without an answer")
    good, result = pickle.loads(answer)
    if not good:
        raise WorkerFailed(result)
    return result
