"""The wordings as data: in order, in plain words, and what a newer one means for a yes."""

import datetime as dt
import json
import re

import pytest
from django.core.management import CommandError, call_command

from fans.people.consent import wordings
from fans.people.consent.errors import UnknownPurposeError
from fans.people.consent.models import Wording
from fans.people.consent.services import current_wording
from fans.people.consent.wordings import ANYBODY, GUARDIAN, parse, purpose_named, purposes
from fans.people.models import Role

TODAY = dt.date(2026, 11, 22)
NEEDED = {
    *("volunteer_profile", "name_to_homes", "welcome_contact_name", "photo", "mail_news"),
    "young_volunteer",
}


def _row(**more):
    version = {
        "version": 1,
        "text": "Yes.",
        "published_on": "2026-01-01",
        "reviewed_on": "2026-01-01",
        "earlier_yes_stands": False,
    }
    row = {
        "slug": "photo",
        "title": "Photos",
        "asked_of": ["anybody"],
        "required": False,
        "if_taken_back": "No photos.",
        "versions": [version],
    }
    return {**row, **more}


def test_every_purpose_that_the_site_asks_for_has_words():
    assert set(purposes()) >= NEEDED
    assert all(purpose.on(TODAY) for purpose in purposes().values())
    assert all(purpose.if_taken_back for purpose in purposes().values())


def test_whoever_is_asked_is_a_role_that_exists():
    asked = {who for purpose in purposes().values() for who in purpose.asked_of}

    assert asked <= {ANYBODY, GUARDIAN, *Role.values}


def test_the_words_are_short_enough_to_be_read():
    """Reading age of about eleven: sentences of at most 25 words, of 4.6 letters each."""
    for purpose in purposes().values():
        text = purpose.versions[-1].text
        sentences = [s for s in re.split(r"[.?!] ?", text) if s]
        words = re.findall(r"[A-Za-z’-]+", text)
        assert sum(len(s.split()) for s in sentences) / len(sentences) <= 25, purpose.slug
        assert sum(map(len, words)) / len(words) <= 4.6, purpose.slug


@pytest.mark.parametrize(
    "numbers", [[1, 3], [2], [1, 1]], ids=["a gap", "not from 1", "one twice"]
)
def test_refuses_versions_that_are_not_one_after_the_other(numbers):
    version = _row()["versions"][0]
    versions = [{**version, "version": number} for number in numbers]

    with pytest.raises(ValueError, match="photo"):
        parse({"purposes": [_row(versions=versions)]})


def test_refuses_a_purpose_that_stands_twice():
    with pytest.raises(ValueError, match="photo stands twice"):
        parse({"purposes": [_row(), _row()]})


def test_a_version_is_asked_from_its_day_on(new_wording):
    new_wording("photo", stands=False, published_on="2026-11-22")
    photo = purpose_named("photo")

    assert photo.on(dt.date(2026, 11, 21)).number == 1
    assert photo.on(dt.date(2026, 11, 22)).number == 2
    assert photo.on(dt.date(2026, 10, 31)) is None


def test_an_earlier_yes_counts_only_where_the_newer_words_say_so(new_wording):
    new_wording("photo", stands=True)
    assert purpose_named("photo").still_covers(1, on=TODAY)

    new_wording("photo", stands=False)
    assert not purpose_named("photo").still_covers(1, on=TODAY)
    assert not purpose_named("photo").still_covers(2, on=TODAY)
    assert purpose_named("photo").still_covers(3, on=TODAY)


def test_nobody_is_asked_for_what_has_no_words():
    with pytest.raises(UnknownPurposeError, match="fingerprints"):
        purpose_named("fingerprints")


def test_setting_up_stores_the_words_and_again_changes_nothing(db, capsys):
    Wording.objects.all()._raw_delete("default")

    call_command("load_wordings")
    first = capsys.readouterr().out
    call_command("load_wordings")

    assert first == f"{len(purposes())} new wordings.\n"
    assert capsys.readouterr().out == "0 new wordings.\n"
    assert Wording.objects.get(purpose="photo").text == purpose_named("photo").on(TODAY).text


def test_setting_up_stops_where_a_published_text_was_changed(db, tmp_path, monkeypatch):
    current_wording("photo")
    given = json.loads(wordings.FILE.read_text())
    photo = next(row for row in given["purposes"] if row["slug"] == "photo")
    photo["versions"][0]["text"] += " And more."
    changed = tmp_path / "wordings.json"
    changed.write_text(json.dumps(given))
    monkeypatch.setattr(wordings, "FILE", changed)
    wordings.purposes.cache_clear()

    try:
        with pytest.raises(CommandError, match=r"photo, version 1.*Add a further version"):
            call_command("load_wordings")
    finally:
        monkeypatch.undo()
        wordings.purposes.cache_clear()
