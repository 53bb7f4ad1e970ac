"""How the questions of the log are shown."""

import datetime as dt
import re

from django import forms

from fans.connections.widgets import Boxes, Chips, DayInput, RatingBoxes


class Form(forms.Form):
    way = forms.ChoiceField(
        choices=[("in", "They came"), ("out", "We went")],
        widget=Boxes(narrowest="min-7", symbols={"in": "way-in"}),
    )
    went = forms.ChoiceField(choices=[(2, "So-so"), (5, "Lovely")], widget=RatingBoxes)
    gave = forms.MultipleChoiceField(choices=[("tea", "Tea")], widget=Chips)
    day = forms.DateField(widget=DayInput)


def test_boxes_have_a_symbol_where_there_is_one():
    shown = str(Form(initial={"way": "out"})["way"])

    assert shown.count("#i-way-in") == 1
    assert "#i-way-out" not in shown
    assert 'class="opts pictured min-7"' in shown
    [chosen] = [tag for tag in re.findall("<input[^>]*>", shown) if "checked" in tag]
    assert 'value="out"' in chosen


def test_every_box_is_labelled():
    shown = str(Form()["way"])

    for number in (0, 1):
        assert f'for="id_way_{number}"' in shown
        assert f'id="id_way_{number}"' in shown


def test_a_rating_fills_as_many_bars_as_it_stands_for():
    so_so, lovely = str(Form()["went"]).split("</label>")[:2]

    assert (so_so.count("<rect"), so_so.count('class="full"')) == (5, 2)
    assert (lovely.count("<rect"), lovely.count('class="full"')) == (5, 5)


def test_chips_are_checks_in_a_list():
    shown = str(Form(initial={"gave": ["tea"]})["gave"])

    assert '<ul class="chips" id="id_gave">' in shown
    assert 'type="checkbox" name="gave" value="tea"' in shown
    assert "checked" in shown


def test_a_day_is_written_as_the_browser_wants_it():
    shown = str(Form(initial={"day": dt.date(2026, 10, 3)})["day"])

    assert 'type="date"' in shown
    assert 'value="2026-10-03"' in shown


def test_no_widget_carries_a_style_or_a_handler():
    """The content security policy would drop them."""
    shown = str(Form())

    assert not re.search(r" (style|on[a-z]+)=", shown)
