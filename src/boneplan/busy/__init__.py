"""The hours that a calendar file (.ics) takes from a person, for the schedule to keep clear of.

No calendar library reads it, because 10,000 events have to be done within two seconds and no rule may run without
end: only the properties that say when are looked at, and rules are expanded within the plan's days alone.
benchmarks/busy.py measures it against icalendar and recurring-ical-events, and the tests compare the answers.
"""

from boneplan.busy.times import BusyTimes, read_busy

__all__ = ["BusyTimes", "read_busy"]
