"""Pages of this room."""

from fans.learning.views.acting import act, action, move, review, review_back, take_back
from fans.learning.views.papers import paper, paper_pdf, printed, printed_pdf
from fans.learning.views.plans import edit, go_on, lay_by, new, plan, plans
from fans.learning.views.removing import bring_back, remove
from fans.learning.views.talking import compare, edit_talk, talk

__all__ = [
    "act",
    "action",
    "bring_back",
    "compare",
    "edit",
    "edit_talk",
    "go_on",
    "lay_by",
    "move",
    "new",
    "paper",
    "paper_pdf",
    "plan",
    "plans",
    "printed",
    "printed_pdf",
    "remove",
    "review",
    "review_back",
    "take_back",
    "talk",
]
