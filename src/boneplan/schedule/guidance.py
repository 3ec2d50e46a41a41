"""How the schedule reads guidelines/exercise/*.yaml: typed records, and the sources that they cite."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from boneplan.choices import ExerciseLevel
from boneplan.data import shipped_yaml
from boneplan.errors import Fault
from boneplan.plan import Basis, Level, Notice


class Record(BaseModel):
    """Base of the guideline records: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Source(Record):
    """A document that rules refer to. `basis` says how well it was read; see sources.yaml."""

    organisation: str
    year: int
    document: str
    basis: Literal["published", "secondary", "consensus-unverified", "project"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.year}: {self.document}"


class Sourced(Record):
    """A record that says where it comes from, by keys of sources.yaml."""

    sources: list[str]

    @property
    def cited(self) -> str:
        """Its sources in words, as notices and plans print them."""
        return cite(self.sources)

    @property
    def basis(self) -> Basis:
        """How well founded it is, by the best read of its sources."""
        read_as = {sources()[key].basis for key in self.sources}
        if "published" in read_as:
            return "published"
        return "project" if read_as == {"project"} else "consensus-unverified"

    def notice(self, level: Level, rule: str, text: str) -> Notice:
        """`text` as a notice about exercise that rests on its sources."""
        return Notice(level=level, rule=rule, text=text, source=self.cited, scope="exercise", basis=self.basis)


class ByLevel(Sourced):
    """One whole number for each fitness level."""

    beginner: int
    intermediate: int
    advanced: int

    def of(self, level: ExerciseLevel) -> int:
        """The number for `level`."""
        return int(getattr(self, level))


AnyRecord = TypeVar("AnyRecord", bound=Record)


def read(model: type[AnyRecord], file: str) -> AnyRecord:
    """guidelines/exercise/`file` as a `model`. Raises `Fault` where the file breaks its schema."""
    try:
        return model.model_validate(shipped_yaml("guidelines", f"exercise/{file}"))
    except ValidationError as error:
        raise Fault(f"guidelines/exercise/{file} is not valid: {error}") from None


@cache
def sources() -> dict[str, Source]:
    """Every source by its key. Callers share the mapping and must not change it."""
    rows = shipped_yaml("guidelines", "exercise/sources.yaml")
    return {key: Source.model_validate(row) for key, row in rows.items()}


def cite(keys: Iterable[str]) -> str:
    """The sources with these keys in words. Raises `Fault` for a key that sources.yaml lacks."""
    try:
        return "; ".join(str(sources()[key]) for key in keys)
    except KeyError as error:
        raise Fault(f"guidelines/exercise/sources.yaml lacks {error}") from None
