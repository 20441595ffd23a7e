"""Many tasks in several processes. Where the work runs is known here alone; the results are the same for any number of jobs."""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import select
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_WIDTH = 2  # bytes of the number of a turn
_TURNS = 1000  # so that all their numbers fit into the smallest pipe, 4096 bytes (pipe(7))


class WorkerFailed(Exception):
    """A process of ours died or raised; the message is its traceback."""


def share(jobs: int, tasks: Sequence[Task], work: Callable[[Iterator[Task]], Result]) -> list[Result]:
    """`work` in `jobs` processes, of which this is one and the others are forked: a result for each. Whoever is done with some of the tasks takes the next that nobody has taken."""
    jobs = max(1, min(jobs, len(tasks))) if hasattr(os, "fork") else 1
    if jobs == 1:
        return [work(iter(tasks))]

    def attempt(mine: Iterator[Task]) -> Result:
        try:
            return work(mine)
        except BaseException:
            deque(mine, maxlen=0)  # nobody begins anything more
            raise

    others: list[tuple[int, int]] = []
    with _turns(tasks) as mine:
        try:
            for _ in range(1, jobs):
                others.append(_start(attempt, mine))
            results = [attempt(mine)]
            while others:
                results.append(_result(*others.pop(0)))
        except BaseException:
            for other in others:  # nobody goes on writing after one has failed
                _end(*other)
            raise
    return results


@contextmanager
def _turns(tasks: Sequence[Task]) -> Iterator[Iterator[Task]]:
    """The tasks, each for one of the processes that ask for it: a pipe holds the numbers of some at a time, and who reads one has taken it."""
    size = -(-len(tasks) // _TURNS)
    reader, writer = os.pipe()
    os.write(writer, b"".join(number.to_bytes(_WIDTH, "big") for number in range(-(-len(tasks) // size))))
    os.close(writer)
    os.set_blocking(reader, False)  # an empty pipe has been read, whoever may hold its other end

    def taken() -> Iterator[Task]:
        with suppress(BlockingIOError):
            while number := os.read(reader, _WIDTH):
                start = int.from_bytes(number, "big") * size
                yield from tasks[start : start + size]

    try:
        yield taken()
    finally:
        os.close(reader)


@contextmanager
def beside(jobs: int, work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do `work` in a process of its own while the block runs, and wait for it at the end; with one job, after the block. Gives what tells the result then."""
    results: list[Result] = []
    if jobs <= 1 or not hasattr(os, "fork"):
        yield lambda: results[0]
        results.append(work())
        return
    started = _start(lambda nothing: work(), None)
    try:
        yield lambda: results[0]
    except BaseException:
        _end(*started)
        raise
    results.append(_result(*started))


def bounded(work: Callable[[], Result], seconds: float, memory: int) -> Result | None:
    """What `work` gives, made in a process of its own that is ended when it takes too long or too many bytes: then None."""
    if not hasattr(os, "fork"):
        return work()

    def limited(nothing):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        allowed = memory if most == resource.RLIM_INFINITY else min(memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library mutters about a stranger's file is no message of ours
        return work()

    pid, reader = _start(limited, None)
    until, answer = monotonic() + seconds, b""
    while (rest := until - monotonic()) > 0 and select.select([reader], [], [], rest)[0]:
        chunk = os.read(reader, 1 << 20)
        if not chunk:
            break
        answer += chunk
    else:
        answer = b""
    _end(pid, reader)  # it has answered, or it never will
    good, result = pickle.loads(answer) if answer else (True, None)
    if not good and "MemoryError" not in "\n".join((str(result), *getattr(result, "__notes__", ()))):
        raise result
    return result if good else None


def end_with_parent() -> None:
    """Let the kernel end this process with the one that made it (prctl(2), PR_SET_PDEATHSIG): a killed build must leave nobody writing."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    except (OSError, AttributeError):
        pass  # not Linux; the next build clears away what was left


def _start(work: Callable, tasks: Any) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    status = 1
    try:
        os.close(reader)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the parent, which ends this
        end_with_parent()
        try:
            answer, status = pickle.dumps((True, work(tasks))), 0
        except BaseException as fault:  # the parent tells it
            answer = pickle.dumps((False, _passed_on(fault)))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(status)  # whatever happens: the way back from here leads through the work of the parent


def _end(pid: int, reader: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reader)


def _passed_on(fault: BaseException) -> BaseException:
    """What went wrong in another process, as if it had gone wrong in this one, with the place as a note; its traceback alone, if it cannot be taken along."""
    fault.add_note(traceback.format_exc())
    try:
        return fault if type(pickle.loads(pickle.dumps(fault))) is type(fault) else WorkerFailed(traceback.format_exc())
    except Exception:
        return WorkerFailed(traceback.format_exc())


def _result(pid: int, reader: int):
    try:
        with os.fdopen(reader, "rb", closefd=False) as pipe:
            answer = pipe.read()
    except BaseException:  # somebody does not want to wait any more
        _end(pid, reader)
        raise
    os.close(reader)
    os.waitpid(pid, 0)
    if not answer:
        raise WorkerFailed(f"process {pid} ended without an answer")
    good, result = pickle.loads(answer)
    if not good:
        raise result
    return result
