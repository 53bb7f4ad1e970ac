"""Writes of this part."""

from fans.connections.nudges.services.choosing import choose
from fans.connections.nudges.services.mailing import remind, send_due
from fans.connections.nudges.services.setting_aside import Later, bring_back, set_aside
from fans.connections.nudges.services.taking import take_day

__all__ = ["Later", "bring_back", "choose", "remind", "send_due", "set_aside", "take_day"]
