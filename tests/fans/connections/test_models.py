"""Ties, log, tallies: each constraint broken once, by name."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from fans.connections.models import Connection, Partnership, Reach
from tests.factories import (
    AssetFactory,
    ConnectionFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    TallyFactory,
)

DAY = dt.date(2026, 10, 1)
NOW = timezone.now()

pytestmark = pytest.mark.django_db

GROUP = {"kind": "group", "asset": None, "name": "Rota of drivers"}
PERSON = {"kind": "person", "asset": None, "name": "Accordion player"}

BROKEN = [
    (PartnerFactory, {"kind": "robot", "asset": None, "name": "R2"}, "partner_kind_known"),
    (PartnerFactory, {"kind": "asset", "asset": None}, "partner_asset_or_name"),
    (PartnerFactory, {"name": "named twice over"}, "partner_asset_or_name"),
    (PartnerFactory, {"kind": "family", "asset": None, "name": ""}, "partner_asset_or_name"),
    (PartnerFactory, GROUP | {"own_category": ""}, "partner_group_named"),
    (PartnerFactory, PERSON | {"own_category": "faith"}, "partner_person_gift"),
    (PartnershipFactory, {"status": "lost"}, "partnership_status_known"),
    (PartnershipFactory, {"status": "active"}, "partnership_both_confirm"),
    (
        PartnershipFactory,
        {"status": "active", "home_confirmed_at": NOW},
        "partnership_both_confirm",
    ),
    (
        PartnershipFactory,
        {"status": "quiet", "partner_confirmed_at": NOW},
        "partnership_both_confirm",
    ),
    (PartnershipFactory, {"declined_reason": "not_now"}, "partnership_reason_declined"),
    (
        PartnershipFactory,
        {"status": "declined", "declined_reason": "no time"},
        "partnership_reason_known",
    ),
    (PartnershipFactory, {"declined_words": "no time"}, "partnership_words_declined"),
    (PartnershipFactory, {"declined_side": "home"}, "partnership_words_declined"),
    (
        PartnershipFactory,
        {"status": "declined", "declined_side": "nobody"},
        "partnership_side_known",
    ),
    (PartnershipFactory, {"depth": 5}, "partnership_depth_0_4"),
    (PartnershipFactory, {"arranged_by": "nobody"}, "partnership_arranger_known"),
    (ConnectionFactory, {"until_on": dt.date(2026, 9, 30)}, "connection_ordered"),
    (ConnectionFactory, {"until_on": dt.date(2026, 11, 1)}, "connection_month_at_most"),
    (ConnectionFactory, {"occurrences": 0}, "connection_happened"),
    (ConnectionFactory, {"occurrences": 201}, "connection_happened"),
    (
        ConnectionFactory,
        {"community_count": 4, "children_count": 5},
        "connection_children_in_count",
    ),
    (ConnectionFactory, {"rating": 0}, "connection_rating_1_5"),
    (ConnectionFactory, {"rating": 6}, "connection_rating_1_5"),
    (ConnectionFactory, {"direction": "up"}, "connection_direction_known"),
    (ConnectionFactory, {"type": "raid"}, "connection_type_known"),
    (ConnectionFactory, {"origin": "stars"}, "connection_origin_known"),
    (ConnectionFactory, {"arranged_by": "nobody"}, "connection_arranger_known"),
    (ConnectionFactory, {"source": "dream"}, "connection_source_known"),
    (TallyFactory, {"month": dt.date(2026, 10, 2)}, "tally_first_of_month"),
    (TallyFactory, {"occupied_beds": 30, "residents_out": 31}, "tally_out_in_beds"),
    (TallyFactory, {"occupied_beds": 30, "residents_reached": 31}, "tally_reached_in_beds"),
]


@pytest.mark.parametrize(
    ("make", "values", "name"),
    BROKEN,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_table_refuses(make, values, name):
    with pytest.raises(IntegrityError, match=f"connections_{name}"):
        make(**values)


WHOLE = [
    (PartnerFactory, GROUP | {"own_category": "transport_access"}),
    (PartnerFactory, PERSON | {"own_category": "individual_gift"}),
    (PartnerFactory, {"kind": "family", "asset": None, "name": "A resident's family"}),
    (
        PartnershipFactory,
        {"status": "active", "home_confirmed_at": NOW, "partner_confirmed_at": NOW},
    ),
    (PartnershipFactory, {"status": "declined", "declined_reason": "no_staff"}),
    (ConnectionFactory, {"until_on": dt.date(2026, 10, 31), "occurrences": 200}),
    (ConnectionFactory, {"community_count": 4, "children_count": 4, "rating": 5}),
    (TallyFactory, {"occupied_beds": 30, "residents_out": 30, "residents_reached": 30}),
    (TallyFactory, {"occupied_beds": None, "residents_out": 300}),
]


@pytest.mark.parametrize(("make", "values"), WHOLE)
def test_the_table_takes_what_is_just_inside(make, values):
    assert make(**values).pk


def test_an_asset_stands_behind_one_partner():
    partner = PartnerFactory()

    with pytest.raises(IntegrityError, match="connections_partner_asset"):
        PartnerFactory(asset=partner.asset)


def test_a_home_and_a_partner_have_one_tie():
    tie = PartnershipFactory()

    with pytest.raises(IntegrityError, match="connections_partnership_once"):
        PartnershipFactory(home=tie.home, partner=tie.partner)


def test_a_row_of_the_log_belongs_to_the_home_of_its_tie():
    with pytest.raises(IntegrityError, match="connections_connection_home_of_tie"):
        ConnectionFactory(home=HomeFactory(name="Elmbank"))


def test_a_tie_can_move_to_another_home_with_its_log_in_one_go():
    row, other = ConnectionFactory(), HomeFactory(name="Elmbank")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS connections_connection_home_of_tie DEFERRED")
        Partnership.objects.update(home=other)
        Connection.objects.update(home=other)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    row.refresh_from_db()
    assert row.home == row.partnership.home == other


def test_a_submission_makes_one_row():
    row = ConnectionFactory(client_uuid=uuid.uuid4())

    with pytest.raises(IntegrityError, match="client_uuid"):
        ConnectionFactory(client_uuid=row.client_uuid)


def test_a_month_has_one_tally():
    tally = TallyFactory()

    with pytest.raises(IntegrityError, match="connections_tally_once"):
        TallyFactory(home=tally.home, month=tally.month)


@pytest.mark.parametrize("metres", [-1, 615.01])
def test_what_is_in_reach_is_at_most_615_metres_away(metres):
    home = HomeFactory(location=None, location_precision="", location_source="")
    asset = AssetFactory()

    with pytest.raises(IntegrityError, match="connections_reach_within_reach"):
        Reach.objects.create(home=home, asset=asset, metres=metres, since=DAY)


def test_a_home_with_a_log_cannot_be_deleted():
    row = ConnectionFactory()

    with pytest.raises(ProtectedError), transaction.atomic():
        row.home.delete()

    assert Connection.objects.filter(pk=row.pk).exists()


def test_standing_leaves_out_what_was_taken_back():
    row = ConnectionFactory()
    ConnectionFactory(partnership=row.partnership, undone_at=NOW)

    assert list(Connection.objects.standing()) == [row]


@pytest.mark.parametrize(
    ("kind", "category", "counts"),
    [
        ("group", "clubs_societies", True),
        ("person", "individual_gift", True),
        ("family", "", False),
        ("professional", "", False),
    ],
)
def test_family_and_professionals_are_not_community(kind, category, counts):
    partner = PartnerFactory(kind=kind, asset=None, name="Somebody", own_category=category)
    ConnectionFactory(partnership__partner=partner)

    assert Connection.objects.community().exists() is counts


def test_a_period_counts_on_its_last_day():
    day = ConnectionFactory()
    period = ConnectionFactory(partnership=day.partnership, until_on=dt.date(2026, 10, 9))

    counted = dict(Connection.objects.with_day().values_list("pk", "counted_on"))

    assert counted == {day.pk: DAY, period.pk: dt.date(2026, 10, 9)}
    assert counted == {row.pk: row.counted_day for row in (day, period)}


def test_a_row_can_be_taken_back_for_ten_minutes():
    row = ConnectionFactory()

    assert row.can_be_undone(row.logged_at + dt.timedelta(minutes=10))
    assert not row.can_be_undone(row.logged_at + dt.timedelta(minutes=10, seconds=1))


def test_a_partner_s_category_is_its_asset_s_or_its_own():
    assert PartnerFactory(asset__category="faith").category == "faith"
    assert PartnerFactory(**GROUP, own_category="sport").category == "sport"


def test_a_tie_is_asked_about_by_home_and_asset():
    tie = PartnershipFactory()
    other = PartnershipFactory(
        home=tie.home, partner=PartnerFactory(**GROUP, own_category="sport")
    )

    assert tie.permission_scope() == {"home": {tie.home_id}, "asset": {tie.partner.asset_id}}
    assert other.permission_scope() == {"home": {tie.home_id}, "asset": set()}
