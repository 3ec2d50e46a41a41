"""Work on several processes at once, where one that dies takes only its own piece of work with it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SECONDS_TO_END = 2.0  # that a process gets to leave no half-written file behind


class Died(Exception):
    """A process ended in the middle of a piece of work; `exit_code` is below 0 for a signal."""

    def __init__(self, exit_code: int | None) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


class _Worker(Generic[T, R]):
    """A process that does one piece of work after another. Spawned, not forked: a fork would copy held locks."""

    def __init__(self, work: Callable[[T], R]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, far_end = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(far_end, work), daemon=True)
        self.process.start()
        far_end.close()
        self.piece: T | None = None

    def give(self, piece: T) -> None:
        self.piece = piece
        with contextlib.suppress(OSError):  # a process that has died is noticed when its answer is awaited
            self.pipe.send(piece)

    def answer(self) -> R | Died:
        try:
            found: R = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            return Died(self.process.exitcode)
        return found

    def end(self) -> None:
        self.pipe.close()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(SECONDS_TO_END)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _serve(pipe: Connection, work: Callable[[Any], Any]) -> None:
    """The life of a worker. It ends when its pipe does; only its parent is to hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))


def _leave(*_: object) -> None:
    raise SystemExit(0)  # so that a file being written is taken away


def each(pieces: Iterable[T], work: Callable[[T], R], jobs: int) -> Generator[tuple[T, R | Died], None, None]:
    """Each piece with what `work` made of it, as they are done, `jobs` at a time; `Died` where a process did.

    `work` must be a function of a module. With one job it runs in this process.
    """
    waiting = deque(pieces)
    if jobs == 1:
        for piece in waiting:
            yield piece, work(piece)
        return
    workers = [_Worker[T, R](work) for _ in range(min(jobs, len(waiting)))]
    try:
        for worker in workers:
            worker.give(waiting.popleft())
        busy = {worker.pipe: worker for worker in workers}
        while busy:
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)  # type: ignore[call-overload] # of the connections given, one is ready
                piece, answer = worker.piece, worker.answer()
                if isinstance(answer, Died):
                    worker.end()
                    workers.remove(worker)
                    if waiting:
                        workers.append(worker := _Worker(work))
                if waiting:
                    worker.give(waiting.popleft())
                    busy[worker.pipe] = worker
                yield piece, answer
    finally:
        for worker in workers:
            worker.end()
