"""Views of this part."""

from fans.openness.respond.views.answering import begin, come_back, enter, start
from fans.openness.respond.views.assess import assess
from fans.openness.respond.views.codes import codes, end, restore
from fans.openness.respond.views.keying import key_in, take_back
from fans.openness.respond.views.questions import check, question, stop, thanks
from fans.openness.respond.views.sheets import sheet, sheet_pdf

__all__ = [
    "assess",
    "begin",
    "check",
    "codes",
    "come_back",
    "end",
    "enter",
    "key_in",
    "question",
    "restore",
    "sheet",
    "sheet_pdf",
    "start",
    "stop",
    "take_back",
    "thanks",
]
