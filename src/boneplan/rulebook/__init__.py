"""Every rule of guidelines/ in one uniform view: what it says, for whom, how firm, from where, and what it did."""

from boneplan.rulebook.book import Chapter, chapters, places, rule_entries
from boneplan.rulebook.entry import Entry
from boneplan.rulebook.figures import Figure
from boneplan.rulebook.find import find
from boneplan.rulebook.whom import who_in_words

__all__ = ["Chapter", "Entry", "Figure", "chapters", "find", "places", "rule_entries", "who_in_words"]
