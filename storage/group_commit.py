"""Group commit: one thread runs every writing work, commits once for all that were waiting, and only then answers.

Each work of a group runs in a savepoint, so that one that raises takes only its own rows with it. SQLite may end the
whole transaction by itself (a full disk does that), and then the savepoints are gone too: the group is run again, each
work alone, which is why a work may have no effect but its SQL.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.database import Sql
from storage.failpoints import reach

T = TypeVar("T")
GROUP = 64  # works in one commit at the most: enough to share a flush, few enough that the first is not kept waiting


@dataclass(slots=True)
class _Job:
    work: Callable[[Sql], Any]
    answer: "Future[Any]"
    value: Any = None
    failure: BaseException | None = None

    def run(self, sql: Sql) -> None:
        try:
            self.value, self.failure = self.work(sql), None
        except BaseException as error:  # noqa: BLE001 - it is handed to whoever waits; the thread must live on
            self.value, self.failure = None, error


class GroupCommit:
    """The writer. `commits` counts commits, so that tests and benchmarks can see groups.

    `explain` turns an engine's exception into one that says what to do.
    """

    def __init__(
        self, connection: sqlite3.Connection, sql: Sql, explain: Callable[[BaseException], BaseException]
    ) -> None:
        self.commits = 0
        self._connection = connection
        self._sql = sql
        self._explain = explain
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        # A daemon, since stopping is killing: an interpreter that ends without `stop` must not hang.
        self._thread = threading.Thread(target=self._work, name="sqlite-write", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Sql], T]) -> "Future[T]":
        """Hand in a work; its future is answered after the commit that holds it. Cancelled in time, it is not run."""
        answer: Future[T] = Future()
        self._jobs.put(_Job(work, answer))
        return answer

    def stop(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._jobs.put(None)
        self._thread.join()

    # Inside the thread ----------------------------------------------------------------------------------------------

    def _work(self) -> None:
        last = False
        while not last:
            group, last = self._next_group()
            wanted = [job for job in group if job.answer.set_running_or_notify_cancel()]
            if len(wanted) < 2 or not self._together(wanted):  # noqa: PLR2004 - one needs no savepoint
                for job in wanted:
                    self._alone(job)
            for job in wanted:
                self._give(job)

    def _next_group(self) -> tuple[list[_Job], bool]:
        """Wait for a work, then take what else is waiting; True with the last group."""
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == GROUP:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _together(self, group: list[_Job]) -> bool:
        """Run a group in one transaction; False, with nothing kept, where one of them spoilt it for all."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:  # locked, for one: trying each alone would keep all of them waiting as long
            for job in group:
                job.failure = error
            return True
        try:
            for job in group:
                self._connection.execute("SAVEPOINT work")
                job.run(self._sql)
                if not self._connection.in_transaction:
                    return False
                if job.failure is not None:
                    self._connection.execute("ROLLBACK TO work")
                self._connection.execute("RELEASE work")
            reach("before-commit")
            self._connection.execute("COMMIT")
            reach("after-commit")
        except sqlite3.Error:
            return False
        else:
            self.commits += 1
            return True
        finally:
            self._roll_back()

    def _alone(self, job: _Job) -> None:
        """Run one work in a transaction of its own."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            job.run(self._sql)
            if job.failure is None:
                reach("before-commit")
                self._connection.execute("COMMIT")  # fails where the work hid that SQLite had ended the transaction
                reach("after-commit")
                self.commits += 1
        except sqlite3.Error as error:
            job.failure = error
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _give(self, job: _Job) -> None:
        if job.failure is None:
            job.answer.set_result(job.value)
        elif isinstance(job.failure, StopIteration):  # no future of asyncio can carry one: its waiter would hang
            job.answer.set_exception(RuntimeError("a work let StopIteration escape"))
        else:
            job.answer.set_exception(self._explain(job.failure))
