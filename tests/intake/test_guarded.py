"""A free text in doubt is asked about once, and kept only as it was when somebody said so."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse

from assets.models import Asset
from fans.connections.models import Connection
from fans.openness.forms import HOW, AssessmentForm
from fans.openness.instrument_file import published
from intake.guarded import KEEP, GuardedText
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "frontend", "fans", "assets", "homes", "geo", "intake")
LONG = 120
"""A field that takes more than a name's length is one that people write sentences into."""

# What takes more and is not looked over, and why.
NOT_GUARDED = {
    "assets.fact_fields.FactFields.access_notes": "the forms that take it over guard it",
    "assets.fact_fields.FactFields.suits": "the forms that take it over guard it",
    "assets.fact_fields.FactFields.opening_hours": "read as hours, or refused",
    "assets.forms.AddForm.near": "the name of a place to look for, which is kept nowhere",
    "assets.proposals.forms.SuggestForm.where_words": "where a place is; a postcode may help",
    "assets.photos.forms.PhotoFields.alt": "the forms that take it over guard it",
    "assets.forms.PlaceForm.name": "places are named after people: Dr Kershaw's Hospice",
    "assets.forms.PlaceForm.address": "the public address of a place that is open to visitors",
    "fans.people.privacy.forms.LookForm.words": "names to be erased, which are kept nowhere",
    "intake.forms.UploadForm.title": "an administrator's name for a file",
}


class NoteForm(GuardedText, forms.Form):
    guarded = ("note", "thanks")

    note = forms.CharField(required=False, widget=forms.Textarea)
    thanks = forms.CharField(required=False)
    number = forms.IntegerField()


def keep(form):
    return {form.keep_name: form.keep_value}


def test_a_harmless_text_is_kept_without_a_question():
    form = NoteForm({"note": "Twelve came.", "number": "1"})

    assert form.is_valid()
    assert form.doubtful == {}


def test_a_text_in_doubt_is_refused_and_says_what_was_found():
    form = NoteForm({"note": "Mrs Patel, 943 476 5919", "number": "1"})

    assert not form.is_valid()
    assert form.errors == {
        "note": [
            "“Mrs Patel” looks like somebody’s name. “943 476 5919” is an NHS number, by its "
            "last digit. Take it out, or tick “Keep it as it is” at the top of the form."
        ]
    }


def test_the_very_same_text_is_kept_once_somebody_says_so():
    data = {"note": "Mrs Patel came", "number": "1"}
    asked = NoteForm(data)
    asked.is_valid()

    again = NoteForm(data | keep(asked))

    assert again.is_valid()
    assert again.cleaned_data["note"] == "Mrs Patel came"


@pytest.mark.parametrize(
    "then",
    [
        {"note": "Mrs Patel came to tea"},
        {"note": "Mrs Shah came"},
        {"note": "Mrs Patel came", "thanks": "to Mr Shah"},
        {"note": "", "thanks": "Mrs Patel came"},
    ],
)
def test_another_text_is_asked_about_again(then):
    asked = NoteForm({"note": "Mrs Patel came", "number": "1"})
    asked.is_valid()

    assert not NoteForm({"number": "1"} | keep(asked) | then).is_valid()


@pytest.mark.parametrize("value", ["on", "1", "", "0" * 64])
def test_a_tick_that_was_not_for_this_text_is_none(value):
    assert not NoteForm({"note": "Mrs Patel came", "number": "1", KEEP: value}).is_valid()


def test_the_tick_stays_while_something_else_needs_another_look():
    asked = NoteForm({"note": "Mrs Patel came"})
    asked.is_valid()

    again = NoteForm({"note": "Mrs Patel came"} | keep(asked))

    assert list(again.errors) == ["number"]
    assert again.is_kept


def test_a_text_that_stood_there_before_is_left_alone():
    data = {"note": "Mrs Patel came\r\nand sang", "number": "1"}

    assert NoteForm(data, initial={"note": "Mrs Patel came\nand sang"}).is_valid()


def test_a_prefix_keeps_two_forms_apart():
    data = {"a-note": "Mrs Patel", "a-number": "1", "b-note": "Mrs Patel", "b-number": "1"}
    first = NoteForm(data, prefix="a")
    first.is_valid()

    assert NoteForm(data | keep(first), prefix="a").is_valid()
    assert not NoteForm(data | keep(first), prefix="b").is_valid()


def test_the_box_is_labelled_described_and_inside_the_summary():
    form = NoteForm({"note": "Mrs <b>Patel</b>, M33 2DH", "number": "1"})

    page = render_to_string("frontend/_error_summary.html", {"form": form})

    assert f'name="{KEEP}" id="{KEEP}" value="{form.keep_value}"' in page
    assert f'<label class="check" for="{KEEP}">' in page
    assert f'aria-describedby="{KEEP}_helptext"' in page
    assert f'id="{KEEP}_helptext"' in page
    assert "“M33 2DH”" in page
    assert "<b>Patel" not in page
    assert " checked" not in page


def test_no_box_is_shown_where_nothing_was_found():
    form = NoteForm({"note": "Twelve came."})

    assert KEEP not in render_to_string("frontend/_error_summary.html", {"form": form})


class TestOnThePages:
    def test_a_log_entry_waits_for_the_answer(self, client, coordinator, home):
        tie = factories.PartnershipFactory(home=home)
        client.force_login(coordinator)
        url = reverse("connections:log", args=[home.pk])
        data = {"who": f"tie:{tie.pk}", "when": "today", "direction": "in"}
        data["note"] = "Mrs Patel sang"

        asked = client.post(url, data)
        kept = client.post(url, data | keep(asked.context["form"]))

        assert asked.status_code == 422
        assert "Keep it as it is" in asked.content.decode()
        assert kept.status_code == 302
        assert Connection.objects.get().note == "Mrs Patel sang"

    def test_nothing_is_logged_before_the_answer(self, client, coordinator, home):
        tie = factories.PartnershipFactory(home=home)
        client.force_login(coordinator)
        data = {"who": f"tie:{tie.pk}", "when": "today", "direction": "in"}

        client.post(
            reverse("connections:log", args=[home.pk]), data | {"note": "NHS 9434765919"}
        )

        assert not Connection.objects.exists()

    def test_a_place_keeps_what_a_champion_had_said_before(self, client, champion):
        asset = factories.AssetFactory(who_to_ask="Rev Walker")
        client.force_login(champion)
        url = reverse("assets:edit", args=[asset.pk])
        form = client.get(url).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}

        unchanged = client.post(url, data | {"phone": "0161 496 0111"})
        form = client.get(url).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        changed = client.post(url, data | {"who_to_ask": "Rev Walker or Mr Shah"})

        assert unchanged.status_code == 302
        assert changed.status_code == 400
        assert Asset.objects.get().who_to_ask == "Rev Walker"

    @pytest.mark.parametrize(
        ("do", "field", "text"),
        [("add", "description", "Mr Shah’s garden"), ("welcome", "role", "Mrs Patel")],
    )
    def test_what_a_home_says_of_itself_waits_too(self, client, manager, home, do, field, text):
        client.force_login(manager)
        url = reverse("homes:offers", args=[home.pk])
        data = {"do": do, "kind": "garden", field: text}

        asked = client.post(url, data)
        form = asked.context["offer_form" if do == "add" else "welcome_form"]
        kept = client.post(url, data | keep(form))

        assert asked.status_code == 422
        assert kept.status_code == 302


def _forms():
    """Every form class of the site's own, wherever it is defined."""
    for room in ROOMS:
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if module.name.endswith("forms"):
                importlib.import_module(module.name)
    assert get_resolver().url_patterns  # has imported the views
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            ours = form.__module__.partition(".")[0] in ROOMS
            if ours and hasattr(form, "base_fields"):  # a form, no mixin for forms
                found.add(form)
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def _takes_sentences(field):
    if type(field) is not forms.CharField:  # an address, a number, a choice
        return False
    secret = isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    most = field.max_length
    wordy = isinstance(field.widget, forms.Textarea) or most is None or most > LONG
    return wordy and not secret


def _home_of(form, name):
    """The class that declares a field: what is said of it holds for those that inherit."""
    for base in reversed(form.__mro__):
        if name in getattr(base, "declared_fields", {}):
            return f"{base.__module__}.{base.__qualname__}.{name}"
    return f"{form.__module__}.{form.__qualname__}.{name}"


def test_every_field_that_takes_sentences_is_guarded_or_says_why_not():
    unguarded = {
        _home_of(form, name)
        for form in _forms()
        for name, field in form.base_fields.items()
        if _takes_sentences(field)
        and name not in getattr(form, "guarded", ())
        and "allauth" not in {base.__module__.partition(".")[0] for base in form.__mro__}
    }

    assert unguarded == set(NOT_GUARDED)


def test_every_guarded_field_is_one_of_its_form():
    for form in _forms():
        assert set(getattr(form, "guarded", ())) <= set(form.base_fields), form


def test_the_comments_of_an_assessment_are_guarded():
    instrument = published()["v1"]
    for group in instrument.groups.values():
        form = AssessmentForm(instrument=instrument, group=group)

        comments = [name for name in form.fields if name.startswith(HOW)]
        assert comments
        assert list(form.guarded) == comments
