"""Components and the way forms are written out."""

import datetime as dt

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from frontend.templatetags.ui import distance, initials, undo_url


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_symbol_is_hidden_from_screen_readers_unless_it_has_a_name():
    assert 'aria-hidden="true"' in draw('{% icon "check" %}')
    named = draw('{% icon "check" "" "Done" %}')
    assert 'role="img" aria-label="Done"' in named
    assert "aria-hidden" not in named


def test_a_kind_of_place_wears_the_colour_of_its_family():
    assert 'class="cat  f-culture"' in draw('{% category_icon "faith" %}')


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("fresh", 21, "Checked 3 weeks ago"),
        ("due", 1, "<b>To check</b>, last yesterday"),
        ("due", None, "<b>To check</b>, not checked yet"),
        ("stale", 800, "<b>Stale</b>, not checked for 2 years"),
    ],
)
def test_an_age_is_told_in_words(state, days, words):
    day = timezone.localdate() - dt.timedelta(days=days) if days else None

    assert words in draw("{% age_badge state day %}", state=state, day=day)


def test_pages_keep_the_other_filters():
    request = RequestFactory().get("/", {"category": "faith", "page": "2"})
    page = Paginator(range(60), 20).get_page(2)

    html = draw("{% pagination page %}", page=page, request=request)

    assert "?category=faith&amp;page=1" in html
    assert "?category=faith&amp;page=3" in html
    assert "Page 2 of 3" in html


def test_one_page_needs_no_way_on():
    page = Paginator(range(5), 20).get_page(1)

    assert "<nav" not in draw("{% pagination page %}", page=page, request=None)


@pytest.mark.parametrize(("name", "letters"), [("Grace Adeyemi", "GA"), ("Bo", "B"), ("", "")])
def test_initials(name, letters):
    assert initials(name) == letters


def test_distance_of_nothing_is_nothing():
    assert distance(None) == ""
    assert distance(347) == "350 m"


@pytest.mark.parametrize(
    ("tags", "url"),
    [
        ("undo:/connections/7/undo/", "/connections/7/undo/"),
        ("undo:https://elsewhere.example/", ""),
        ("undo://elsewhere.example/", ""),
        ("", ""),
    ],
)
def test_a_message_undoes_only_within_the_site(tags, url):
    assert undo_url(Message(constants.SUCCESS, "Saved.", extra_tags=tags)) == url


class VisitForm(forms.Form):
    when = forms.DateField(label="When was it?", help_text="A day up to today")
    way = forms.ChoiceField(
        label="Which way?", choices=[("in", "They came")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="A note", required=False)
    children = forms.BooleanField(label="Children came", required=False)


def test_a_field_says_label_then_hint_then_what_is_wrong_then_asks():
    html = VisitForm({"when": "soon"}).as_div()

    parts = [
        '<label for="id_when">When was it?',
        'id="id_when_helptext">A day up to today',
        'id="id_when_error"',
        '<input type="date"' if 'type="date"' in html else '<input type="text" name="when"',
    ]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    assert 'aria-describedby="id_when_helptext id_when_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_is_wrong_is_summed_up_first_with_links():
    html = VisitForm({"when": "soon"}).as_div()

    assert "2 things need another look" in html
    assert '<a href="#id_when">When was it?</a> Enter a valid date.' in html
    assert html.index("data-error-summary") < html.index("<label")


def test_a_choice_is_a_group_with_a_legend_of_boxes():
    html = VisitForm().as_div()

    assert "<legend>Which way?</legend>" in html
    assert html.count('class="opt"') == 1


def test_a_tick_box_has_its_label_beside_it():
    html = VisitForm().as_div()

    assert html.count("Children came") == 1
    assert '<label class="check">' in html


def test_only_what_may_be_left_out_says_so():
    html = VisitForm().as_div()

    assert html.count("(optional)") == 1
