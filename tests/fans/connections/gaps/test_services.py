"""Answers to suggestions, and taking them back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.connections.errors import TieInUseError
from fans.connections.gaps import services
from fans.connections.gaps.errors import NotSuggestedError, TiedAlreadyError
from fans.connections.gaps.models import Dismissal
from fans.connections.models import Partnership
from fans.connections.ties import services as ties
from homes.merging import merge_homes
from tests import factories


@pytest.fixture
def manager(home):
    return factories.member("manager", home=home)


@pytest.fixture
def club(db):
    return factories.AssetFactory(name="Sale Chess Club", category="clubs_societies")


def test_a_place_on_the_list_is_a_tie_that_is_an_idea(home, manager, club) -> None:
    tie = services.put_on_list(home=home, asset=club, by=manager)

    assert (tie.status, tie.partner.asset, tie.created_by) == ("idea", club, manager)
    assert services.put_on_list(home=home, asset=club, by=manager) == tie


def test_taken_off_again_nothing_is_left_of_it(home, manager, club) -> None:
    tie = services.put_on_list(home=home, asset=club, by=manager)

    services.take_off_list(partnership=tie, by=manager)

    assert not Partnership.objects.exists()


def test_what_has_gone_on_since_is_not_taken_off(home, manager, club) -> None:
    tie = services.put_on_list(home=home, asset=club, by=manager)
    Partnership.objects.update(status="asked")
    tie.refresh_from_db()

    with pytest.raises(TieInUseError):
        services.take_off_list(partnership=tie, by=manager)


def test_a_tie_that_was_declined_is_taken_up_again_and_that_taken_back(
    home, manager, club
) -> None:
    tie = services.put_on_list(home=home, asset=club, by=manager)
    ties.decline(partnership=tie, by=manager, reason="not_now", words="The hall is shut")

    again = services.put_on_list(home=home, asset=club, by=manager)
    assert (again.pk, again.status) == (tie.pk, "idea")

    services.take_off_list(partnership=again, by=manager)
    tie.refresh_from_db()
    assert (tie.status, tie.declined_reason) == ("declined", "not_now")


def test_a_no_is_kept_with_its_reason_and_said_again_the_newer_one_stands(
    home, manager, club
) -> None:
    services.dismiss(home=home, asset=club, by=manager, reason="not_now", words=" Too busy ")
    services.dismiss(home=home, asset=club, by=manager, reason="too_far")

    said = Dismissal.objects.get()
    assert (said.reason, said.words, said.by) == ("too_far", "", manager)
    assert said.said_on == timezone.localdate()
    assert said.back_on is None


def test_not_now_comes_back_in_three_months(home, manager, club) -> None:
    said = services.dismiss(home=home, asset=club, by=manager, reason="not_now")

    assert said.back_on == timezone.localdate() + dt.timedelta(days=91)


def test_a_no_is_taken_back_twice_without_harm(home, manager, club) -> None:
    said = services.dismiss(home=home, asset=club, by=manager, reason="not_now")

    services.take_back(dismissal=said, by=manager)
    services.take_back(dismissal=said, by=manager)

    assert not Dismissal.objects.exists()


def test_put_on_the_list_an_earlier_no_is_gone(home, manager, club) -> None:
    services.dismiss(home=home, asset=club, by=manager, reason="not_now")

    services.put_on_list(home=home, asset=club, by=manager)

    assert not Dismissal.objects.exists()


def test_no_is_not_said_here_to_a_place_with_a_tie(home, manager, club) -> None:
    services.put_on_list(home=home, asset=club, by=manager)

    with pytest.raises(TiedAlreadyError):
        services.dismiss(home=home, asset=club, by=manager, reason="not_now")


@pytest.mark.parametrize(
    "values",
    [
        {"visibility": "hidden", "published_on": None},
        {"state": "closed"},
        {"category": "transport_access"},
    ],
)
def test_what_could_not_be_suggested_is_not_answered(home, manager, values) -> None:
    asset = factories.AssetFactory(**values)

    with pytest.raises(NotSuggestedError):
        services.put_on_list(home=home, asset=asset, by=manager)
    with pytest.raises(NotSuggestedError):
        services.dismiss(home=home, asset=asset, by=manager, reason="not_now")


@pytest.mark.parametrize(
    "values", [{"reason": "ugly"}, {"reason": "other", "words": "x" * 201}]
)
def test_a_no_with_another_reason_or_too_many_words_is_refused(
    home, manager, club, values
) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        services.dismiss(home=home, asset=club, by=manager, **values)
    assert not Dismissal.objects.exists()


def test_nobody_answers_for_another_home(home, club) -> None:
    stranger = factories.member("manager", home=factories.HomeFactory(name="Other"))
    said = factories.DismissalFactory(home=home)

    with pytest.raises(PermissionDenied):
        services.put_on_list(home=home, asset=club, by=stranger)
    with pytest.raises(PermissionDenied):
        services.dismiss(home=home, asset=club, by=stranger, reason="not_now")
    with pytest.raises(PermissionDenied):
        services.take_back(dismissal=said, by=stranger)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [("gaps_dismissal_once", {}), ("gaps_dismissal_reason_known", {"reason": "ugly"})],
)
def test_the_database_refuses(home, club, constraint, values) -> None:
    factories.DismissalFactory(home=home, asset=club)
    asset = factories.AssetFactory() if values else club

    with pytest.raises(IntegrityError, match=constraint):
        factories.DismissalFactory(home=home, asset=asset, **values)


def test_where_two_homes_become_one_the_noes_of_both_are_kept_once(home, club) -> None:
    other = factories.HomeFactory(name="Other")
    kept = factories.DismissalFactory(home=home, asset=club, reason="too_far")
    factories.DismissalFactory(home=other, asset=club, reason="not_now")
    moved = factories.DismissalFactory(home=other)

    merge_homes(kept=home, leaving=other)

    assert set(Dismissal.objects.of_home(home)) == {kept, moved}
    assert Dismissal.objects.get(asset=club).reason == "too_far"
