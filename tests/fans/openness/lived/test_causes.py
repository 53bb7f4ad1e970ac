"""Whatever changes the lived part of a home leaves a note, or is scored at once."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from assets.models import Asset
from fans.connections.models import Connection, Partner, Partnership
from fans.connections.services.log import log_connection, undo_connection
from fans.connections.services.tallies import enter_tally
from fans.openness.lived.models import Due, LivedScore
from fans.openness.lived.services import check_all, refresh, refresh_noted, score_all
from homes.models import Home, HomeAsset, Registration
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 10, 31)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def tie(home):
    """A choir 300 m away that came twice this month; four other places lie near."""
    choir = factories.AssetFactory(location=metres_east(SALE, 300), category="arts_culture")
    for metres in (100, 150, 200, 250):
        factories.AssetFactory(location=metres_east(SALE, metres))
    factories.HomeAssetFactory(home=home)
    tie = factories.PartnershipFactory(
        home=home, partner=factories.PartnerFactory(asset=choir), depth=1
    )
    factories.ConnectionFactory(partnership=tie, happened_on=TODAY, occurrences=2)
    score_all()
    return tie


def an_entry(tie):
    factories.ConnectionFactory(partnership=tie, happened_on=TODAY)


def entries_in_bulk(tie):
    row = {"direction": "in", "type": "visit", "happened_on": TODAY}
    rows = [Connection(home=tie.home, partnership=tie, **row) for _ in range(3)]
    Connection.objects.bulk_create(rows)


def an_entry_taken_back(tie):
    Connection.objects.update(undone_at=dt.datetime(2026, 10, 31, tzinfo=dt.UTC))


def an_entry_erased(tie):
    Connection.objects.all().delete()


def a_tie_of_another_partner(tie):
    Partnership.objects.update(partner=factories.PartnerFactory())


def a_group_of_another_kind(tie):
    partner = factories.PartnerFactory(
        kind="group", asset=None, name="Ramblers", own_category="sport"
    )
    Partnership.objects.update(partner=partner)
    score_all()
    Partner.objects.filter(pk=partner.pk).update(own_category="faith")


def a_group_that_is_a_family(tie):
    Partner.objects.update(kind="family", asset=None, name="Mum’s sister")


def a_place_of_another_kind(tie):
    Asset.objects.filter(pk=tie.partner.asset_id).update(category="faith")


def a_new_place_near(tie):
    factories.AssetFactory(location=metres_east(SALE, 50))


def a_place_that_closes(tie):
    Asset.objects.filter(pk=tie.partner.asset_id).update(state="closed")


def a_place_that_moves_away(tie):
    Asset.objects.filter(pk=tie.partner.asset_id).update(location=metres_east(SALE, 900))


def a_home_that_moves(tie):
    Home.objects.update(location=metres_east(SALE, 5_000))


def a_tally(tie):
    factories.TallyFactory(home=tie.home, occupied_beds=20, residents_out=5)


def a_tally_put_right(tie):
    factories.TallyFactory(home=tie.home, occupied_beds=20, residents_out=5)
    score_all()
    tie.home.tallies.update(residents_out=6)


def a_tally_taken_out(tie):
    factories.TallyFactory(home=tie.home, occupied_beds=20, residents_out=5)
    score_all()
    tie.home.tallies.all().delete()


def other_beds_in_the_register(tie):
    Registration.objects.update(beds=18)


def a_registration_that_ended(tie):
    Registration.objects.update(until=TODAY)


def a_second_registration(tie):
    factories.RegistrationFactory(home=tie.home, beds=6)


def a_thing_to_offer(tie):
    factories.HomeAssetFactory(home=tie.home)


def a_thing_no_longer_offered(tie):
    HomeAsset.objects.update(withdrawn_on=TODAY)


def a_thing_never_offered(tie):
    HomeAsset.objects.all().delete()


def an_enrolment(tie):
    factories.EnrolmentFactory(home=tie.home, starts_on=dt.date(2026, 6, 1))


def an_enrolment_that_began_earlier(tie):
    enrolment = factories.EnrolmentFactory(home=tie.home, starts_on=dt.date(2026, 10, 1))
    score_all()
    enrolment.starts_on = dt.date(2026, 5, 1)
    enrolment.save()


def an_enrolment_taken_out(tie):
    enrolment = factories.EnrolmentFactory(home=tie.home, starts_on=dt.date(2026, 5, 1))
    score_all()
    enrolment.delete()


CAUSES = [
    *(an_entry, entries_in_bulk, an_entry_taken_back, an_entry_erased),
    *(a_tie_of_another_partner, a_group_of_another_kind, a_group_that_is_a_family),
    *(a_place_of_another_kind, a_new_place_near, a_place_that_closes),
    *(a_place_that_moves_away, a_home_that_moves),
    *(a_tally, a_tally_put_right, a_tally_taken_out),
    *(other_beds_in_the_register, a_registration_that_ended, a_second_registration),
    *(a_thing_to_offer, a_thing_no_longer_offered, a_thing_never_offered),
    *(an_enrolment, an_enrolment_that_began_earlier, an_enrolment_taken_out),
]


@pytest.mark.parametrize("cause", CAUSES)
def test_notes_and_then_scores_what_changed_without_a_word_to_this_room(home, tie, cause):
    cause(tie)
    row = LivedScore.objects.with_due().get(home=home)
    before = (row.starts_on, row.counts, row.raws)

    assert row.is_due
    assert refresh_noted() >= 1
    after = LivedScore.objects.with_due().get(home=home)
    assert (after.starts_on, after.counts, after.raws) != before
    assert not after.is_due
    assert check_all().different == 0


def test_a_deeper_tie_is_noted_for_the_open_waves_sake(home, tie):
    Partnership.objects.update(depth=3)

    assert LivedScore.objects.with_due().get(home=home).is_due


def test_what_no_score_reads_leaves_no_note(tie):
    Partnership.objects.update(status="asked", purpose="To sing")
    Asset.objects.update(name="Another name")

    assert not Due.objects.exists()


def test_a_new_home_gets_its_lived_part(home):
    assert Due.objects.filter(home_id=home.pk).exists()

    refresh_noted()

    assert LivedScore.objects.get(home=home).raws["D1"] == 0


def test_a_home_that_is_gone_leaves_nothing_behind(tie):
    home = factories.HomeFactory()
    refresh_noted()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM homes_registration WHERE home_id = %s", [home.pk])
        cursor.execute("DELETE FROM homes_home WHERE id = %s", [home.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert not LivedScore.objects.filter(home=home.pk).exists()
    refresh_noted()
    assert not Due.objects.exists()


def test_the_log_its_undo_and_a_tally_are_scored_at_once(home, tie, manager):
    entry = log_connection(
        by=manager, home=home, partnership=tie, happened_on=TODAY, direction="in"
    )
    assert LivedScore.objects.get(home=home).counts["visits_in"] == 3

    undo_connection(connection=entry, by=manager)
    assert LivedScore.objects.get(home=home).counts["visits_in"] == 2

    enter_tally(by=manager, home=home, month=TODAY, residents_out=8)
    assert LivedScore.objects.get(home=home).raws["B2"] == 0.2
    assert not Due.objects.exists()


def test_a_refresh_leaves_the_notes_of_others(home, tie):
    other = factories.HomeFactory()

    refresh([home.pk])

    assert list(Due.objects.values_list("home_id", flat=True).distinct()) == [other.pk]


def test_many_notes_are_scored_by_one_run_of_all(home, tie, monkeypatch):
    monkeypatch.setattr("fans.openness.lived.services.MANY", 0)
    an_entry(tie)

    assert refresh_noted() == 1

    assert LivedScore.objects.get(home=home).counts["visits_in"] == 3
    assert not Due.objects.exists()
