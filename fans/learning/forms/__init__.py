"""What is asked on the way from a topic to an action. No name of anybody who lives here."""

from fans.learning.forms.actions import ActionForm, ReviewForm
from fans.learning.forms.asking import refuse
from fans.learning.forms.plans import CompareForm, PlanForm, StartForm, TalkForm

__all__ = [
    "ActionForm",
    "CompareForm",
    "PlanForm",
    "ReviewForm",
    "StartForm",
    "TalkForm",
    "refuse",
]
