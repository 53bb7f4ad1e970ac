"""Groups and people off the map: known once, called by what they do, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fans.connections.errors import (
    AlikeError,
    NotAPartnerError,
    PartnerNameError,
    PartnershipOverError,
    TieInUseError,
)
from fans.connections.models import Partner, Partnership
from fans.connections.services import log_connection, start_tie_with_new, take_back_tie
from tests import factories
from tests.factories import NORWICH, AssetFactory, HomeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(home, coordinator):
    def _meet(name="Ukulele group", **said):
        said = {"kind": "group", "category": "arts_culture", **said}
        return start_tie_with_new(by=coordinator, home=home, name=name, **said)

    return _meet


def test_a_group_becomes_a_tie_that_is_an_idea(meet, home, coordinator):
    tie = meet(" Ukulele   group ")

    assert (tie.home, tie.status, tie.created_by) == (home, "idea", coordinator)
    assert (tie.partner.kind, tie.partner.name) == ("group", "Ukulele group")
    assert tie.partner.category == "arts_culture"


@pytest.mark.parametrize("again", ["Ukulele group", "ukulele  GROUP", "The Ukulele Group"])
def test_a_home_never_gets_two_groups_of_one_name(meet, again):
    assert meet().pk == meet(again, seen_alike=True).pk
    assert Partner.objects.count() == Partnership.objects.count() == 1


def test_two_homes_may_each_know_a_group_of_one_name(meet, coordinator):
    mine = meet()
    other = HomeFactory(name="Ash House")
    person = factories.member("coordinator", home=other, name="Olu")

    theirs = start_tie_with_new(
        by=person, home=other, kind="group", name="Ukulele group", category="arts_culture"
    )

    assert mine.partner != theirs.partner


def test_a_name_nearly_the_same_is_asked_about_and_can_be_somebody_else(meet):
    known = meet("Wrenbury Ukulele Band")

    with pytest.raises(AlikeError) as refused:
        meet("Wrenbury Ukelele Band")

    assert [each.candidate for each in refused.value.found] == [known]
    assert meet("Wrenbury Ukelele Band", seen_alike=True) != known


def test_a_place_on_the_map_is_found_before_a_group_is_made(meet):
    place = AssetFactory(name="Wrenbury Knit and Natter", category="clubs_societies")
    AssetFactory(name="Wrenbury Knit and Natter", location=NORWICH)
    AssetFactory(name="Wrenbury Knit & Natter", visibility="draft", published_on=None)

    with pytest.raises(AlikeError) as refused:
        meet("Wrenbury Knit & Natter")

    assert [each.candidate for each in refused.value.found] == [place]


def test_what_another_home_knows_is_never_told(meet):
    other = factories.PartnerFactory(
        kind="group", asset=None, name="Wrenbury Ukulele Band", own_category="arts_culture"
    )
    factories.PartnershipFactory(home=HomeFactory(name="Ash House"), partner=other)

    assert meet("Wrenbury Ukulele Bands").partner != other


def test_a_person_is_called_by_what_they_do_and_filed_as_a_gift(meet):
    tie = meet("Accordion player", kind="person", category="faith")

    assert (tie.partner.kind, tie.partner.category) == ("person", "individual_gift")


@pytest.mark.parametrize("kind", ["family", "professional"])
def test_relatives_and_professionals_have_no_category(meet, kind):
    assert meet("A resident's daughter", kind=kind).partner.category == ""


@pytest.mark.parametrize("kind", ["person", "family", "professional"])
@pytest.mark.parametrize(
    "name", ["Mrs Bell", "Dr Ahmed", "a.bell@example.org", "07700 900461", "943 476 5919"]
)
def test_nobody_is_kept_by_name_or_number(meet, kind, name):
    with pytest.raises(PartnerNameError, match="Say what they do instead"):
        meet(name, kind=kind)
    assert not Partner.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "!!!", "—"])
def test_somebody_has_to_be_called_something(meet, name):
    with pytest.raises(PartnerNameError, match="what you call them"):
        meet(name)


@pytest.mark.parametrize("kind", ["asset", "", "robot"])
def test_a_place_or_nonsense_is_nobody_new(meet, kind):
    with pytest.raises(NotAPartnerError):
        meet(kind=kind)


def test_a_group_needs_a_kind(meet):
    with pytest.raises(ValidationError, match="A group needs a kind of place"):
        meet(category="")


def test_a_name_too_long_is_refused_whole(meet):
    with pytest.raises(ValidationError):
        meet("x" * 201)
    assert not Partner.objects.exists()


def test_a_tie_that_is_over_is_not_begun_again_by_its_name(meet):
    Partnership.objects.filter(pk=meet().pk).update(status="ended")

    with pytest.raises(PartnershipOverError):
        meet("ukulele group", seen_alike=True)


def test_whoever_comes_second_waits_for_the_home(meet):
    with CaptureQueriesContext(connection) as queries:
        meet()

    locks = [
        n for n, each in enumerate(queries.captured_queries) if "FOR NO KEY" in each["sql"]
    ]
    reads = [
        n for n, each in enumerate(queries.captured_queries) if "own_category" in each["sql"]
    ]
    assert locks
    assert locks[0] < reads[0]


def test_an_idea_is_taken_back_with_its_partner(meet, coordinator):
    tie = meet()

    take_back_tie(partnership=tie, by=coordinator)
    take_back_tie(partnership=tie, by=coordinator)

    assert not Partner.objects.exists()


def test_taking_back_a_tie_leaves_a_place_where_it_is(home, coordinator):
    tie = factories.PartnershipFactory(home=home)

    take_back_tie(partnership=tie, by=coordinator)

    assert Partner.objects.filter(pk=tie.partner_id).exists()


def test_what_was_logged_is_never_lost_by_taking_back(meet, home, coordinator):
    tie = meet()
    day = timezone.localdate()
    log_connection(by=coordinator, home=home, partnership=tie, happened_on=day, direction="in")

    with pytest.raises(TieInUseError, match="End the tie instead"):
        take_back_tie(partnership=tie, by=coordinator)


@pytest.mark.parametrize("said", [{"status": "asked"}, {"home_confirmed_at": Now()}])
def test_a_tie_somebody_spoke_of_is_not_taken_back(meet, coordinator, said):
    tie = meet()
    Partnership.objects.filter(pk=tie.pk).update(**said)

    with pytest.raises(TieInUseError):
        take_back_tie(partnership=tie, by=coordinator)


def test_nobody_takes_back_another_homes_tie(meet):
    stranger = factories.member("coordinator", home=HomeFactory(name="Ash House"), name="Olu")

    with pytest.raises(PermissionDenied):
        take_back_tie(partnership=meet(), by=stranger)
