"""A plan's times once its menu is known: supplements that look at the menu, the intakes, and what to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from boneplan.foods.table import FoodTable, load_foods
from boneplan.plan import Intake, Menu, Notice
from boneplan.profile import Profile
from boneplan.timing.clock import Clock
from boneplan.timing.foods import calcium_of_meals
from boneplan.timing.intakes import plan_intakes
from boneplan.timing.notices import notices_without_menu, timing_notices
from boneplan.timing.placing import place_supplements


def settle_times(
    profile: Profile, calendar: str, menu: Menu, dates: Sequence[dt.date], table: FoodTable | None = None
) -> tuple[Menu, list[Intake], list[Notice]]:
    """The menu with every supplement at its time, the intakes of the plan's `dates`, and the notices about times.

    `table` holds the foods of the menu (default: the shipped one). Without days of menu no supplement has a time:
    only what is prescribed has its reminders, and its notices.
    """
    clock = Clock(profile, dates)
    if not menu.days:
        untimed = [taken.model_copy(update={"time": None}) for taken in menu.supplements]
        menu = menu.model_copy(update={"supplements": untimed})
        return menu, plan_intakes(profile, calendar, dates, ()), notices_without_menu(profile, clock, menu)
    calcium = calcium_of_meals(menu.days, table or load_foods())
    parts = place_supplements(profile, clock, dates[0], calcium)
    supplements = [part.supplement for part in parts]
    intakes = plan_intakes(profile, calendar, dates, supplements)
    notices = timing_notices(profile, clock, parts, calcium)
    return menu.model_copy(update={"supplements": supplements}), intakes, notices
