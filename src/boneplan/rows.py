"""What every row of guidelines/ has: strict fields, where it is from, and how sure that is."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from boneplan.data import shipped_yaml
from boneplan.errors import Fault

Basis = Literal["published", "consensus-unverified", "project"]
"""A figure stands in the cited document, is agreed practice not checked there, or is boneplan's own."""

M = TypeVar("M", bound=BaseModel)


class Row(BaseModel):
    """Base of every row of a guideline file: unknown keys are errors, so that a slip of the pen is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Reference(Row):
    """Where a figure is from. Prints as "IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D"."""

    organisation: str = Field(min_length=1)
    year: int = Field(ge=1900)
    document: str = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}, {self.document}"


class Sourced(Row):
    """A row that says where it is from and how sure that is."""

    reference: Reference
    basis: Basis
    note: str = ""


def checked(model: type[M], data: Any, where: str) -> M:
    """`data` of a shipped file as a model. Raises `Fault`, naming file and field, where it is malformed."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise Fault(f"guidelines/{where}: {place}: {first['msg']}: mend the file or install boneplan again") from None


def shipped_rows(model: type[M], where: str) -> M:
    """The checked content of the file `where` in guidelines/. Raises `Fault` as `checked` does."""
    return checked(model, shipped_yaml("guidelines", where), where)
