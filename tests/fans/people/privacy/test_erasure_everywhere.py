"""A person with a unique name, put into everything, is found nowhere after erasure."""

import json

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Sum
from django.test import Client

from fans.people.models import Person
from fans.people.privacy.erasure import Wish, erase, plan
from fans.people.privacy.links import links_to, makers
from fans.people.privacy.models import Erasure
from fans.people.privacy.pack import make_pack
from fans.people.privacy.registry import registered
from fans.people.volunteers.models import HoursEntry
from tests import factories
from tests.fans.people.privacy import everywhere
from tests.fans.people.privacy.everywhere import grep_api, grep_files, grep_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    """Ann administers the site, and was asked."""
    return factories.member("administrator", name="Ann Admin")


@pytest.fixture
def put(zelda, state):
    """Zelda is everywhere."""
    return everywhere.put_everywhere(zelda, state)


def _rows_in(pack) -> dict[str, set[str]]:
    told = json.loads("".join(pack.as_json()))
    rows: dict[str, set[str]] = {}
    for kind in told["kinds"]:
        rows.setdefault(kind["table"], set()).update(row["id"] for row in kind["rows"])
    return rows


def test_the_search_finds_her_before(put, zelda, state):
    found = grep_tables()

    assert {
        "assets_asset.who_to_ask",
        "connections_connection.note",
        "connections_connectionevent.note",
        "django_session.unpacked",
        "intake_stagedrow.payload",
        "openness_score.evidence",
        "people_person.email",
        "people_personevent.name",
        "post_mail.body",
        "procrastinate_jobs.args",
        "volunteers_guardian.email",
    } <= set(found)
    assert len(grep_files(state)) == 5


def test_every_table_that_can_point_at_a_person_does(put, zelda):
    """A new key to a person needs a line in ``everywhere.py``."""
    lacking = {
        f"{link.model._meta.label}.{link.key}"
        for link in links_to(Person)
        if not link.rows({zelda.pk}).exists()
    }

    assert lacking == {"privacy.Erasure.by"}


def test_the_pack_lists_every_row_in_which_she_is_found(put, zelda, state):
    rows = _rows_in(make_pack(person=zelda, on_request=True))

    missing = {
        place: set(keys) - rows.get(place.partition(".")[0], set())
        for place, keys in grep_tables().items()
        if not place.startswith("django_session")
    }
    assert {place: keys for place, keys in missing.items() if keys} == {}
    assert len(rows["django_session"]) == 2
    assert {name.partition("/")[2] for name in rows["files"]} == set(grep_files(state))
    for link in makers():
        theirs = {str(pk) for pk in link.rows({zelda.pk}).values_list("pk", flat=True)}
        assert theirs <= rows.get(link.model._meta.db_table, set()), link


def test_nothing_is_found_after_erasure_and_counts_stay(put, zelda, ann, state):
    before = everywhere.counts()
    minutes = HoursEntry.objects.aggregate(Sum("minutes"))

    done = erase(person_id=zelda.pk, wish=Wish(by=ann, words=frozenset({"Zelda"}), places=True))

    assert grep_tables() == {}
    assert grep_files(state) == []
    assert everywhere.counts() == before
    assert HoursEntry.objects.aggregate(Sum("minutes")) == minutes
    client = Client()
    client.force_login(ann)
    assert grep_api(client) == []
    assert not Person.objects.filter(pk=zelda.pk).exists()
    assert (done.erased_id, done.reason, done.by) == (zelda.pk, "request", ann)
    assert done.counts["people_person"] == {"deleted": 1}
    assert done.counts["connections_connection"] == {"blanked": 1, "cleaned": 1}


def test_no_key_of_any_table_points_at_her_afterwards(put, zelda, ann):
    erase(person_id=zelda.pk, wish=Wish(by=ann, places=True))

    left = {
        f"{link.model._meta.label}.{link.key}"
        for link in links_to(Person)
        if link.rows({zelda.pk}).exists()
    }
    assert left == set()


def test_the_search_would_find_what_was_left(put, zelda, ann):
    erase(person_id=zelda.pk, wish=Wish(by=ann, words=frozenset({"Zelda"}), places=True))

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_over (id int PRIMARY KEY, body jsonb)")
        cursor.execute("""INSERT INTO left_over VALUES (3, '{"a": ["QUIMBERLEY"]}')""")

    assert grep_tables() == {"left_over.body": ["3"]}


def test_she_erases_herself_and_only_names_of_places_stay(put, zelda, state):
    erase(person_id=zelda.pk, wish=Wish())

    places = ("assets_asset", "homes_home", "homes_registerchange")
    left = {
        place: rows
        for place, rows in grep_tables(("quimberley", "formerling", "900461")).items()
        if not place.startswith(places)
    }
    assert left == {}
    assert Erasure.objects.get().reason == "self"
    assert Erasure.objects.get().by is None


def test_the_dry_run_changes_nothing_and_tells_what_erasing_then_does(put, zelda, ann):
    wish = Wish(by=ann, places=True)
    before = {**grep_tables(), **everywhere.counts()}

    told = plan(person=zelda, wish=wish)

    assert {**grep_tables(), **everywhere.counts()} == before
    assert told.refused == ""
    done = erase(person_id=zelda.pk, wish=wish)
    foretold = {group.table for group in told.groups if group.fate != "kept"}
    assert set(done.counts) - foretold - _history() == set()
    assert foretold - set(done.counts) == set()


def _history() -> set[str]:
    """Cleaning and blanking rows leaves lines in history, which are cleaned then."""
    return {m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}


def test_what_is_looked_for_is_registered_for_rows_that_exist():
    for label in (*registered.kinds, *registered.public, *registered.identifying):
        model = apps.get_model(label)
        columns = {field.name for field in model._meta.fields}
        assert set(registered.public.get(label, ())) <= columns
        assert set(registered.identifying.get(label, {}).values()) <= columns
