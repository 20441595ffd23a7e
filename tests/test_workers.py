"""Work in several processes, of which this is one: the same answers, the same faults, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time

import pytest

from engine import workers
from engine.files import Unfit

TASKS = list(range(10))


@pytest.mark.parametrize("jobs", [1, 2, 3, 20])
def test_every_task_is_done_once_and_the_shares_come_in_order(jobs):
    shares = workers.share(jobs, TASKS, lambda mine: [*mine])
    assert shares == [TASKS[place :: len(shares)] for place in range(len(shares))] and len(shares) == min(jobs, len(TASKS))


def test_without_tasks_there_is_one_empty_share():
    assert workers.share(2, [], lambda mine: [*mine]) == [[]]


@pytest.mark.parametrize("fault", [Unfit("file-special", "这不是普通文件", "删去它"), OSError(28, "No space left on device", "a.html"), ValueError("no")])
@pytest.mark.parametrize("where", [0, 1])
def test_a_fault_is_the_same_in_whichever_process_it_is_met(fault, where):
    def work(mine):
        if TASKS[where] in mine:
            raise fault

    with pytest.raises(type(fault)) as met:
        workers.share(2, TASKS, work)
    assert (met.value.args, str(met.value)) == (fault.args, str(fault))


def test_a_process_that_is_ended_is_told():
    with pytest.raises(workers.WorkerFailed, match="without an answer"):
        workers.share(2, TASKS, lambda mine: os.kill(os.getpid(), signal.SIGKILL) if 1 in mine else None)


def test_who_does_not_wait_any_longer_leaves_nobody_working(tmp_path):
    def work(mine):
        if 1 in mine:
            time.sleep(0.6)
            (tmp_path / "1").touch()

    def stop(signal, frame):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(TimeoutError):
            workers.share(2, TASKS, work)
    finally:
        signal.signal(signal.SIGALRM, before)
    time.sleep(0.8)
    assert list(tmp_path.iterdir()) == []


def test_no_process_returns_into_the_work_of_the_one_that_began_it(tmp_path):
    def work(mine):
        if 0 in mine:
            time.sleep(0.2)
            raise ValueError
        return b"x" * 1_000_000  # more than waits in a pipe

    for _ in range(5):
        try:
            with pytest.raises(ValueError):
                workers.share(3, TASKS, work)
        finally:
            (tmp_path / str(os.getpid())).touch()
    assert [path.name for path in tmp_path.iterdir()] == [str(os.getpid())]


def test_after_a_fault_nobody_goes_on_working(tmp_path):
    def work(mine):
        if 0 in mine:
            raise ValueError
        time.sleep(0.5)
        (tmp_path / str(mine[0])).touch()

    with pytest.raises(ValueError):
        workers.share(4, TASKS, work)
    time.sleep(0.8)
    assert list(tmp_path.iterdir()) == []
