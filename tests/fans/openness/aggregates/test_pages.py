"""The commissioner's page and file: the same figures, in one's own areas alone."""

import csv
import io

import pytest
from django.db import transaction

from fans.disclosure import HIDDEN
from fans.openness.aggregates.models import Figures
from fans.openness.aggregates.services import release
from fans.openness.models import Instrument, Score
from tests import factories
from tests.factories import NORWICH, SALE, box
from tests.fans.openness.aggregates.measured import close, measured
from tests.fans.openness.aggregates.test_services import MARCH

pytestmark = pytest.mark.django_db


@pytest.fixture
def commissioner(client):
    person = factories.member("commissioner", area=factories.AreaFactory(name="Trafford"))
    client.force_login(person)
    return person


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker):
    """Nine homes, told of at months 0 and 3; made once, for they are slow to make."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _nine_homes()
        transaction.set_rollback(True)


@pytest.fixture
def told(told_once, db):
    """Those homes, for one test that may change them."""
    for home in told_once:
        home.refresh_from_db()
    return told_once


def _nine_homes():
    made = [measured(number) for number in range(9)]
    release(day=MARCH)
    for number, home in enumerate(made):
        close(home, 3, step=min(4, number % 5 + 1))
    release(day=MARCH.replace(month=6))
    return made


def page(client):
    return client.get("/areas/openness/").content.decode()


def file(client):
    sent = client.get("/areas/openness.csv")
    return list(csv.DictReader(io.StringIO(sent.getvalue().decode("utf-8-sig"))))


def test_with_too_few_homes_the_page_says_so_and_why(client):
    elsewhere = factories.AreaFactory(name="Norwich", boundary=box(NORWICH))
    client.force_login(factories.member("commissioner", area=elsewhere))
    text = page(client)

    assert "Fewer than 8 homes: nothing is shown yet" in text
    assert "CSV" not in text


def test_the_page_tells_scores_levels_counts_and_how_they_were_made(client, commissioner, told):
    text = page(client)

    assert "Trafford, group 1" in text
    assert "The middle home’s scores" in text
    assert "part of the neighbourhood" in text.lower()
    assert "Times that neighbours and homes met" in text
    assert "as many homes of the group lie above it as below" in text
    assert "Month 3 told on 1 June 2026" in text


def test_no_home_is_named_and_no_score_of_one_is_told(client, commissioner, told):
    sent = page(client) + str(file(client))
    exact = {str(figure) for figure in Score.objects.values_list("overall", flat=True)}

    assert not any(home.name in sent for home in told)
    assert not any(figure in sent for figure in exact)


def test_the_file_holds_the_very_figures_of_the_page(client, commissioner, told):
    rows = [row for row in file(client) if row["table"] != "note"]
    stored = {figures.month: figures.body for figures in Figures.objects.all()}

    for row in rows:
        body, code = stored[int(row["month"])], row["code"]
        of = {"homes": body, "scores": body["middles"]}.get(
            row["table"], body.get(row["table"])
        )
        assert row["figure"] == str(of[code])
    assert len(rows) == 2 * (2 + 3 + 8 + 4 + 4)


def test_the_file_says_how_it_was_made(client, commissioner, told):
    notes = [row["name"] for row in file(client) if row["table"] == "note"]

    assert any("at least 8 homes" in note for note in notes)
    assert {row["released"] for row in file(client)} == {"", "2026-03-01", "2026-06-01"}


def test_every_figure_is_rounded_or_hidden(client, commissioner, told):
    for row in file(client):
        figure = row["figure"]
        assert row["table"] == "note" or figure == HIDDEN or int(figure) % 5 == 0


def test_a_part_of_the_area_sees_the_whole_circle_or_nothing(client, told):
    """Areas that nest cannot be subtracted: there is nothing in between."""
    elsewhere = measured(20, location=NORWICH, local_authority="Norwich")
    within = factories.AreaFactory(name="A ward", boundary=box(SALE, 0.01))
    client.force_login(factories.member("commissioner", name="B", area=within))
    whole = page(client)
    away = factories.AreaFactory(name="Norwich", boundary=box(NORWICH))
    client.force_login(factories.member("commissioner", name="C", area=away))

    assert "Trafford, group 1" in whole
    assert "Trafford, group 1" not in page(client)
    assert elsewhere.name not in page(client)


def test_a_circle_with_one_home_outside_the_area_is_not_shown(client, commissioner, told):
    told[0].location = NORWICH
    told[0].save()

    assert "Fewer than 8 homes" in page(client)
    assert {row["table"] for row in file(client)} == {"note"}


def test_whoever_is_no_commissioner_sees_neither(client, told):
    for role, scope in (("facilitator", "cohort"), ("manager", "home")):
        home = told[0]
        at = home if scope == "home" else home.enrolments.get().cohort
        client.force_login(factories.member(role, name=role, **{scope: at}))
        assert client.get("/areas/openness/").status_code == 403
        assert client.get("/areas/openness.csv").status_code == 403


def test_waves_of_other_questions_are_not_compared(client, commissioner, told):
    assert "Change" in page(client)
    Figures.objects.filter(month=3).delete()
    body = {**Figures.objects.get().body, "instrument": "v0"}
    Instrument.objects.create(version="v0", algorithm=1, body=Instrument.objects.get().body)
    Figures.objects.create(
        circle_id=Figures.objects.get().circle_id, month=3, released_on=MARCH, body=body
    )

    text = page(client)

    assert '<th class="n" scope="col">Change</th>' not in text
    assert "The questions changed in between (v0, v1)" in text


def test_the_page_asks_the_database_little(
    client, commissioner, told, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        page(client)


def test_a_commissioners_day_begins_with_the_way_there(client, commissioner):
    text = client.get("/today/").content.decode()

    assert 'href="/areas/openness/"' in text
    assert "You have no part" not in text
