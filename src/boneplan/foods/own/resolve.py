"""From own foods as written to foods with their figures: names and ids, what goes into what, one after another."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from boneplan.errors import InputError
from boneplan.foods.own.cook import Larder, dish, label, made
from boneplan.foods.own.food import MAX_OWN, OwnFood, Part
from boneplan.foods.own.place import Slips, place_of
from boneplan.foods.own.schema import MAX_ID, OwnEntry
from boneplan.foods.table import FoodTable
from boneplan.yaml_reader import shown


@dataclass(frozen=True)
class Given:
    """A food as written, the name of its file, and how messages call its place there."""

    entry: OwnEntry
    source: str
    where: str

    @property
    def id(self) -> str:
        """The id given, or the one that the name makes."""
        return self.entry.id or id_of(self.entry.name)


def id_of(name: str) -> str:
    """The id that a name makes: "Goat kefir, plain" is goat-kefir-plain. Empty where it has no Latin letter."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_ID].strip("-")


def resolved(given: Sequence[Given], table: FoodTable) -> list[OwnFood]:
    """The foods with their figures, in the order of the files; `table` is the shipped one.

    Raises InputError, one line for each thing to mend, where names are unknown or taken, or a dish holds itself.
    """
    return _Kitchen(given, table).cooked()


class _Kitchen:
    """What is known of the shipped foods and of the own ones resolved so far, by id and by whole name."""

    def __init__(self, given: Sequence[Given], table: FoodTable) -> None:
        self.given, self.table, self.larder = given, table, Larder(table)
        self.names: dict[str, str] = {str(food): str(name) for food, name in table.foods["name"].items()}
        self.by_name = {name.casefold(): food for food, name in self.names.items()}
        self.done: dict[str, OwnFood] = {}
        self.problems: list[str] = []

    def cooked(self) -> list[OwnFood]:
        self._name_all()
        self._stop()
        parts = {one.id: self._parts_of(one) for one in self.given}
        self._stop()
        by_id = {one.id: one for one in self.given}
        for food in self._in_order(parts):
            self._cook(by_id[food], parts[food])
        self._stop()
        return [self.done[one.id] for one in self.given]

    def _stop(self) -> None:
        if self.problems:
            raise InputError(self.problems)

    def _problem(self, one: Given, field: str, text: str) -> None:
        self.problems.append(f"{one.where}: {field}: {text}")

    def _name_all(self) -> None:
        """Each own food gets its id and its name, which neither a shipped food nor another own one may have."""
        if len(self.given) > MAX_OWN:
            self.problems.append(f"{self.given[0].source}: {len(self.given)} own foods: keep {MAX_OWN} at most")
        places: dict[str, str] = {}
        for one in self.given:
            field, said = ("id", one.id) if one.entry.id else ("name", one.entry.name)
            if not one.id:
                self._problem(one, "id", f"is missing, and {shown(one.entry.name)} makes none: give one")
            elif one.id in self.table.foods.index:
                self._problem(one, field, f"{shown(said)}: {one.id} is a shipped food: give another id or name")
            elif one.id in places:
                self._problem(one, field, f"{shown(said)}: {one.id} is there already, {places[one.id]}: keep one")
            elif one.entry.name.casefold() in self.by_name:
                told = f"{shown(one.entry.name)} is the name of {self.by_name[one.entry.name.casefold()]}"
                self._problem(one, "name", f"{told}: give another")
            else:
                places[one.id] = one.where
                self.names[one.id] = one.entry.name
                self.by_name[one.entry.name.casefold()] = one.id

    def _find(self, words: str) -> str | None:
        """The id of a food, shipped or own, by its id or whole name."""
        return words if words in self.names else self.by_name.get(words.casefold())

    def _mend(self, words: str) -> str:
        close = difflib.get_close_matches(words.casefold(), [*self.names, *self.by_name], 1)
        hint = f"did you mean {self._find(close[0])}?" if close else "find it with `boneplan foods search`"
        return f"{shown(words)} is no food: {hint}"

    def _parts_of(self, one: Given) -> list[Part]:
        parts = []
        for number, ingredient in enumerate(one.entry.ingredients):
            food = self._find(ingredient.food)
            if food is None:
                self._problem(one, f"ingredients[{number}].food", self._mend(ingredient.food))
            else:
                parts.append(Part(food=food, name=self.names[food], grams=ingredient.grams))
        return parts

    def _in_order(self, parts: Mapping[str, Sequence[Part]]) -> list[str]:
        """Ids so that each dish comes after what goes into it."""
        own = {food: [part.food for part in of_food if part.food in parts] for food, of_food in parts.items()}
        try:
            return list(TopologicalSorter(own).static_order())
        except CycleError as error:
            circle = error.args[1]
            first = next(one for one in self.given if one.id == circle[0])
            told = " in ".join(map(str, circle))
            self._problem(first, "ingredients", f"a dish inside itself ({told}): leave one of these out")
            self._stop()
            raise

    def _cook(self, one: Given, parts: Sequence[Part]) -> None:
        try:
            place = place_of(one.entry, self.table, self._find, self._mend)
            facts = dish(one.entry, parts, self.larder) if parts else label(one.entry, place, self.larder)
        except Slips as slips:
            for field, text in slips.problems:
                self._problem(one, field, text)
            return
        self.larder.add(one.id, facts)
        self.done[one.id] = made(one.id, one.entry, place, facts, one.source)
