"""Plans for many people at once: who is left to do, and the summary that grows as they are done."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from boneplan.batch.people import Person
from boneplan.batch.pool import Died, each
from boneplan.batch.work import BAD_INPUT, FAULT, REACHED, WAITING, How, Job, Row, plan_one, unchanged
from boneplan.export.table import harmless
from boneplan.plan_io import make_folder, write_text_atomic

SUMMARY = "summary.csv"
COLUMNS = ("id", "status", "done", "gaps", "refused_by", *REACHED, "gap_to_bound", "seconds", "error")
EXIT_STATUS = {"ok": 0, "gaps": 0, "infeasible": 1, "refused": 1, BAD_INPUT: 2, FAULT: 3}
SECONDS_BETWEEN = 1.0  # writings of the summary: a large one takes a while, and a second's rows are soon done again


def run_batch(
    people: Sequence[Person],
    out: Path,
    how: How,
    *,
    jobs: int = 1,
    force: bool = False,
    tell: Callable[[Row], None] = lambda _: None,
    work: Callable[[Job], Row] = plan_one,
) -> list[Row]:
    """Plans for everybody into folders of `out`, `jobs` at a time; rows in the order of `people`.

    Whose plan is there and depends on nothing that changed is left alone, unless `force`. `tell` hears of each row as
    it comes; `work` plans for one person. Nothing that goes wrong with one person stops the others. The summary is in
    place at any time, also after an interruption, from which another run goes on.
    """
    make_folder(out)
    todo = [Job(person, how, out / person.id) for person in people]
    rows = {person.id: Row(person.id, WAITING) for person in people}
    left = []
    for job in todo:
        if not force and (row := unchanged(job)):
            rows[row.id] = row
            tell(row)
        else:
            left.append(job)
    written = -SECONDS_BETWEEN
    try:
        with closing(each(left, work, jobs)) as answers:
            for job, answer in answers:
                row = _dead(job, answer) if isinstance(answer, Died) else answer
                rows[row.id] = row
                tell(row)
                if time.monotonic() - written >= SECONDS_BETWEEN:
                    write_summary(rows.values(), out)
                    written = time.monotonic()
    finally:
        write_summary(rows.values(), out)
    return list(rows.values())


def _dead(job: Job, died: Died) -> Row:
    text = f"the process that planned it ended by itself (exit status {died.exit_code}): try it alone with --jobs 1"
    return Row(job.person.id, FAULT, error=(text,))


def exit_status(rows: Sequence[Row]) -> int:
    """0 all planned; 1 some refused or impossible, 2 some bad input, 3 a fault: the worst of them."""
    return max((EXIT_STATUS.get(row.status, 0) for row in rows), default=0)


def write_summary(rows: Iterable[Row], out: Path) -> None:
    """Writes the summary into `out`, in one step."""
    write_text_atomic(out / SUMMARY, to_csv(rows))


def to_csv(rows: Iterable[Row]) -> str:
    """The summary as CSV (RFC 4180), a row a person; no cell is a formula to a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for row in rows:
        words = (row.id, row.status, row.done, "; ".join(row.gaps), "; ".join(row.refused_by))
        reached = ("" if met is None else "yes" if met else "no" for met in row.reached)
        gap = "" if row.gap is None else f"{row.gap:.4f}"
        seconds = "" if row.seconds is None else f"{row.seconds:.2f}"
        cells = (*map(harmless, words), *reached, gap, seconds, harmless("; ".join(row.error)))
        writer.writerow(cells)
    return stream.getvalue()
