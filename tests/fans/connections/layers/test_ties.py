"""A home's ties month by month: from the records, in a fixed number of queries."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from fans.connections.layers import telling
from fans.connections.layers.errors import UnknownOrderError
from fans.connections.layers.standing import State
from fans.connections.layers.ties import picture_of
from fans.connections.reports import ties_of
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db

START = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 9, 20)


@pytest.fixture
def larkfield(home):
    factories.EnrolmentFactory(home=home, starts_on=START)
    return home


def tie(home, name, *days, partner=None, **fields):
    partner = partner or factories.PartnerFactory(
        asset__name=name, asset__location=metres_east(SALE, 200)
    )
    row = factories.PartnershipFactory(home=home, partner=partner, **fields)
    for day in days:
        factories.ConnectionFactory(partnership=row, happened_on=day, direction="out")
    return row


def days(*offsets):
    return [START + dt.timedelta(days=offset) for offset in offsets]


def drawn(home):
    picture = picture_of(home, today=TODAY)
    return telling.for_the_map(home, picture, telling.rings_of(home))


def test_each_month_shows_what_stood_then(larkfield):
    tie(larkfield, "Choir", *days(20, 27, 50))

    picture = picture_of(larkfield, today=TODAY)

    (choir,) = picture.ties
    assert [stop.month for stop in picture.stops] == [0, 1, 2, 3, 4, 5, 6, None]
    states = [month.state for month in choir.months[:4]]
    assert states == [State.NOT_YET, State.MET, State.MET, State.QUIET]
    assert [month.times for month in choir.months[:4]] == [0, 2, 1, 0]


def test_today_agrees_with_the_list_of_ties(larkfield):
    tie(larkfield, "Choir", *days(100, 130, 160))
    tie(larkfield, "Quiet", *days(10, 17, 24))

    now = {str(t.partnership.partner): t.now for t in picture_of(larkfield, today=TODAY).ties}

    for one in ties_of(larkfield, on=TODAY):
        shown = now[str(one.partnership.partner)]
        assert (shown.state is State.QUIET) == one.going_quiet
        assert shown.last_on == one.last_on


def test_what_was_taken_back_and_mere_ideas_are_not_shown(larkfield):
    tie(larkfield, "Idea", status="idea")
    undone = tie(larkfield, "Undone", *days(30), status="idea")
    undone.connections.update(undone_at=timezone.now())
    agreed = {"home_confirmed_at": timezone.now(), "partner_confirmed_at": timezone.now()}
    tie(larkfield, "Agreed", status="agreed", **agreed)

    picture = picture_of(larkfield, today=TODAY)

    assert [str(one.partnership.partner) for one in picture.ties] == ["Agreed"]
    assert picture.ties[0].now.state is State.NOT_YET


def test_an_ended_tie_is_over_from_the_day_it_was_said(larkfield):
    row = tie(larkfield, "Choir", *days(20, 27), status="ended")
    factories.TieEventFactory(
        partnership=row,
        kind="ended",
        at=dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC),
        before={"status": "active"},
        after={"status": "ended"},
    )

    (choir,) = picture_of(larkfield, today=TODAY).ties

    assert [month.state is State.OVER for month in choir.months] == [False] * 3 + [True] * 5


@pytest.mark.parametrize("kind", ["person", "family", "professional"])
def test_people_are_never_drawn(larkfield, kind):
    category = "individual_gift" if kind == "person" else ""
    partner = factories.PartnerFactory(
        kind=kind, asset=None, name="Accordion player", own_category=category
    )
    tie(larkfield, "", *days(30), partner=partner)

    picture = picture_of(larkfield, today=TODAY)

    assert (picture.placed, len(picture.unplaced)) == ([], 1)
    assert "Accordion" not in json.dumps(drawn(larkfield))


def test_a_place_that_not_everybody_may_see_is_listed_and_not_drawn(larkfield):
    shed = factories.AssetFactory(name="Shed", visibility="draft", published_on=None)
    tie(larkfield, "", *days(30), partner=factories.PartnerFactory(asset=shed))

    assert len(picture_of(larkfield, today=TODAY).unplaced) == 1
    assert drawn(larkfield)["ties"] == []


def test_another_homes_ties_stay_out(larkfield):
    tie(factories.HomeFactory(name="Elsewhere"), "Choir", *days(30))

    assert picture_of(larkfield, today=TODAY).ties == ()


def test_the_minibus_has_a_ring_where_the_home_lists_one(larkfield):
    assert [ring["metres"] for ring in telling.rings_of(larkfield)] == [308, 615]

    factories.HomeAssetFactory(home=larkfield, kind="minibus")

    assert [ring["metres"] for ring in telling.rings_of(larkfield)] == [308, 615, 5769]


def test_words_say_how_often_which_way_and_what_became_of_it(larkfield):
    row = tie(larkfield, "Choir", *days(20, 27))
    factories.ConnectionFactory(partnership=row, happened_on=days(28)[0], direction="in")

    picture = picture_of(larkfield, today=TODAY)

    words = [telling.words_of(month) for month in picture.ties[0].months]
    assert words[:2] == ["not met yet", "3 times, we go and they come"]
    assert words[2] == "going quiet"
    assert telling.summary_of(picture, 1) == "1 tie met 3 times"
    assert telling.summary_of(picture, 2) == "Nobody met; 1 going quiet"


def test_the_table_sorts_by_name_by_last_contact_and_by_any_month(larkfield):
    tie(larkfield, "B choir", *days(20, 21, 22))
    tie(larkfield, "A club", *days(21, 150))
    picture = picture_of(larkfield, today=TODAY)

    def names(by):
        return [str(one.partnership.partner) for one in telling.in_order(picture, by)]

    assert names("name") == names("last") == ["A club", "B choir"]
    assert names("1") == ["B choir", "A club"]
    with pytest.raises(UnknownOrderError, match="“score” is no order of this table"):
        names("score")


def test_thirty_ties_cost_no_more_queries_than_one(larkfield, django_assert_num_queries):
    tie(larkfield, "One", *days(30))
    with django_assert_num_queries(4):
        picture_of(larkfield, today=TODAY)
    for number in range(29):
        tie(larkfield, f"Tie {number}", *days(number, number + 7))
    with django_assert_num_queries(4):
        drawn_ties = picture_of(larkfield, today=TODAY).ties
    assert len(drawn_ties) == 30


# The page


def page(home, more=""):
    return f"/homes/{home.pk}/ties/map/{more}"


def test_the_table_has_all_without_the_map(client, larkfield, manager):
    today = timezone.localdate()
    tie(larkfield, "Sale Choir", today - dt.timedelta(days=2))
    client.force_login(manager)

    text = client.get(page(larkfield)).content.decode()

    assert "Sale Choir" in text
    assert "1 time, we go" in text
    assert "400 m on foot or wheels (308 m as the crow flies)" in text
    assert 'aria-sort="descending"' in text


def test_an_order_that_there_is_not_is_answered_with_a_sentence(client, larkfield, manager):
    client.force_login(manager)

    answer = client.get(page(larkfield, "?order=best"))

    assert answer.status_code == 400
    assert "“best” is no order of this table." in answer.content.decode()


def test_a_home_without_a_tie_is_told_what_to_do_first(client, larkfield, manager):
    client.force_login(manager)

    text = client.get(page(larkfield)).content.decode()

    assert "No ties yet" in text
    assert "Log the first" in text
    assert "data-layer" not in text


def test_a_home_without_a_place_has_the_table(client, larkfield, manager):
    tie(larkfield, "Sale Choir", timezone.localdate())
    larkfield.location, larkfield.location_precision, larkfield.location_source = None, "", ""
    larkfield.save()
    client.force_login(manager)

    text = client.get(page(larkfield)).content.decode()

    assert "no place on the map yet" in text
    assert "Sale Choir" in text
    assert "data-layer" not in text


@pytest.mark.parametrize(
    ("role", "status"),
    [("facilitator", 200), ("champion", 200), ("researcher", 403), ("commissioner", 403)],
)
def test_whoever_sees_the_list_of_ties_sees_the_map(client, larkfield, role, status):
    scope = (
        {"cohort": larkfield.enrolments.get().cohort}
        if role in ("facilitator", "researcher")
        else {"area": factories.AreaFactory()}
    )
    client.force_login(factories.member(role, **scope))

    assert client.get(page(larkfield)).status_code == status
    assert client.get(f"/homes/{larkfield.pk}/ties/").status_code == status


def test_another_homes_manager_finds_nothing(client, larkfield):
    other = factories.HomeFactory(name="Elsewhere")
    client.force_login(factories.member("manager", home=other))

    assert client.get(page(larkfield)).status_code == 404
