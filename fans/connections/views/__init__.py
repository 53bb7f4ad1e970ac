"""Pages of this room: HTTP alone, the work is in the services."""

from fans.connections.views.log import log, undo
from fans.connections.views.rows import rows
from fans.connections.views.tally import tally

__all__ = ["log", "rows", "tally", "undo"]
