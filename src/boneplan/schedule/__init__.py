"""The exercise programme: who may do what, how much, and when.

Only `plan_sessions` needs the solver, and imports it when it is called.
"""

from boneplan.schedule.eligibility import eligible, why
from boneplan.schedule.programme import Course, Schedule, plan_sessions

__all__ = ["Course", "Schedule", "eligible", "plan_sessions", "why"]
