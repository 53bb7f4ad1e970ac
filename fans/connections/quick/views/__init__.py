"""Pages of this part: HTTP alone, the work is in the services."""

from fans.connections.quick.views.deciding import change, undo, waiting
from fans.connections.quick.views.noting import note, open_code, take_back
from fans.connections.quick.views.sheets import codes, end, restore, sheet, sheet_pdf

__all__ = [
    "change",
    "codes",
    "end",
    "note",
    "open_code",
    "restore",
    "sheet",
    "sheet_pdf",
    "take_back",
    "undo",
    "waiting",
]
