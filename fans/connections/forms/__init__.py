"""The questions asked when something is logged, counted or looked up."""

from fans.connections.asking import choice_field, count_field
from fans.connections.candidates import who_choices
from fans.connections.forms.log import LogForm
from fans.connections.forms.looking import RowsForm, SearchForm
from fans.connections.forms.tally import TallyForm

__all__ = [
    "LogForm",
    "RowsForm",
    "SearchForm",
    "TallyForm",
    "choice_field",
    "count_field",
    "who_choices",
]
