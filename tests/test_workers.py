"""Work in several processes, of which this is one: the same answers, the same faults, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time

import pytest

from engine import workers
from engine.files import Unfit

TASKS = list(range(10))
HERE = os.getpid()


@pytest.mark.parametrize("count", [1, 10, 999, 1000, 1001, 12_345])
@pytest.mark.parametrize("jobs", [1, 2, 3, 20])
def test_every_task_is_done_once(jobs, count):
    shares = workers.share(jobs, range(count), lambda mine: [*mine])
    assert sorted(task for share in shares for task in share) == [*range(count)] and len(shares) == min(jobs, count)


def test_without_tasks_there_is_one_empty_share():
    assert workers.share(2, [], lambda mine: [*mine]) == [[]]


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="only Linux tells what a process holds open")
def test_nothing_is_held_open_afterwards():
    def fail(mine):
        raise ValueError

    before = descriptors()
    workers.share(3, TASKS, list)
    with pytest.raises(ValueError):
        workers.share(3, TASKS, fail)
    assert descriptors() == before


def test_after_a_fault_nobody_begins_anything_more():
    def work(mine):
        if os.getpid() != HERE:
            raise ValueError
        for done, _ in enumerate(mine):
            time.sleep(0.02)
        assert done < 900

    with pytest.raises(ValueError):
        workers.share(2, range(1000), work)


def test_a_key_that_is_pressed_for_all_processes_is_for_the_first():
    def work(mine):
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGINT)
        return [*mine]

    assert sorted(task for share in workers.share(2, TASKS, work) for task in share) == TASKS


def test_who_is_slow_leaves_the_tasks_to_the_others():
    def work(mine):
        done = []
        for task in mine:
            time.sleep(0.5 if os.getpid() != HERE else 0)
            done.append(task)
        return done

    here, there = workers.share(2, TASKS, work)
    assert len(there) <= 1 and len(here) >= 9


@pytest.mark.parametrize("fault", [Unfit("file-special", "这不是普通文件", "删去它"), OSError(28, "No space left on device", "a.html"), ValueError("no")])
@pytest.mark.parametrize("is_here", [True, False])
def test_a_fault_is_the_same_in_whichever_process_it_is_met(fault, is_here):
    def work(mine):
        if (os.getpid() == HERE) == is_here:
            raise fault

    with pytest.raises(type(fault)) as met:
        workers.share(2, TASKS, work)
    assert (met.value.args, str(met.value)) == (fault.args, str(fault))


def test_a_process_that_is_ended_is_told():
    with pytest.raises(workers.WorkerFailed, match="without an answer"):
        workers.share(2, TASKS, lambda mine: os.kill(os.getpid(), signal.SIGKILL) if os.getpid() != HERE else None)


def test_who_does_not_wait_any_longer_leaves_nobody_working(tmp_path):
    def work(mine):
        if os.getpid() != HERE:
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
        if os.getpid() == HERE:
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
        if os.getpid() == HERE:
            raise ValueError
        time.sleep(0.5)
        (tmp_path / str(os.getpid())).touch()

    with pytest.raises(ValueError):
        workers.share(4, TASKS, work)
    time.sleep(0.8)
    assert list(tmp_path.iterdir()) == []
