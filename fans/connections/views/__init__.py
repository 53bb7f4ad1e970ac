"""Pages of this room: HTTP alone, the work is in the services."""

from fans.connections.views.closed import closed_homes
from fans.connections.views.log import log, undo
from fans.connections.views.newcomer import newcomer, take_back
from fans.connections.views.rows import rows
from fans.connections.views.tally import tally

__all__ = ["closed_homes", "log", "newcomer", "rows", "take_back", "tally", "undo"]
