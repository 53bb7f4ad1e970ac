"""Pages of this part."""

from fans.connections.nudges.views.aside import back, put_aside
from fans.connections.nudges.views.wanted import wanted
from fans.connections.nudges.views.work import work

__all__ = ["back", "put_aside", "wanted", "work"]
