"""Records of this part."""

from fans.connections.nudges.models.aside import Aside, Reason
from fans.connections.nudges.models.mailing import Mailing, Told
from fans.connections.nudges.models.wanted import Wanted, Weekday

__all__ = ["Aside", "Mailing", "Reason", "Told", "Wanted", "Weekday"]
