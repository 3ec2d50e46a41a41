"""An independent judge of plan.json: every total, bound, policy and session rule, from the tables alone.

Nothing here comes from the planner: it is here to catch it.
"""

from boneplan.verify.breach import Breach
from boneplan.verify.judge import verify_plan

__all__ = ["Breach", "verify_plan"]
