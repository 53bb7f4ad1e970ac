"""What is known of a home, and which places are kept from it."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.gaps.facts import facts_of, left_out
from fans.connections.gaps.models import BACK_AFTER, Dismissal, Reason
from tests import factories

TODAY = timezone.localdate


def tie(home, **values):
    asset = factories.AssetFactory(category=values.pop("category", "sport"))
    partner = factories.PartnerFactory(asset=asset)
    return factories.PartnershipFactory(home=home, partner=partner, **values)


def over(home, status, days_ago, **values):
    made = tie(home, status=status, **values)
    kind = "ended" if status == "ended" else "declined"
    at = timezone.now() - dt.timedelta(days=days_ago)
    made.events.create(kind=kind, at=at)
    return made


def test_wishes_are_counted_by_theme_and_only_open_ones(home) -> None:
    factories.WishFactory(home=home, tags=["music", "sport"])
    factories.WishFactory(home=home, tags=["music"])
    factories.WishFactory(
        home=home, tags=["animals"], status="granted", granted_on=dt.date(2026, 10, 1)
    )

    wished = {tag.slug: tag.wishes for tag in facts_of(home).wished}

    assert wished == {"music": 2, "sport": 1}


def test_partners_count_by_kind_once_somebody_has_asked_them(home) -> None:
    tie(home, status="asked", category="sport")
    tie(home, status="idea", category="faith")
    tie(home, status="declined", declined_reason="not_now", category="school")
    group = factories.PartnerFactory(
        kind="group", asset=None, name="Ukulele club", own_category="clubs_societies"
    )
    factories.PartnershipFactory(home=home, partner=group, status="asked")

    assert dict(facts_of(home).partners) == {"sport": 1, "clubs_societies": 1}


def test_a_minibus_counts_until_it_is_withdrawn(home) -> None:
    assert not facts_of(home).has_minibus
    bus = factories.HomeAssetFactory(home=home, kind="minibus")
    assert facts_of(home).has_minibus
    bus.withdrawn_on = TODAY()
    bus.save()
    assert not facts_of(home).has_minibus


@pytest.mark.parametrize("status", ["idea", "asked"])
def test_a_place_with_a_standing_tie_is_left_out(home, status) -> None:
    made = tie(home, status=status)

    assert left_out(home, TODAY()) == {made.partner.asset_id}


@pytest.mark.parametrize(
    ("reason", "days", "comes_back"),
    [
        ("not_now", 90, False),
        ("not_now", 92, True),
        ("no_staff", 92, True),
        ("lost_touch", 92, False),
        ("lost_touch", 183, True),
        ("not_for_us", 5000, False),
        ("too_far", 5000, False),
        ("other", 5000, False),
    ],
)
def test_a_declined_tie_keeps_its_place_away_as_its_reason_says(
    home, reason, days, comes_back
) -> None:
    made = over(home, "declined", days, declined_reason=reason)

    assert (made.partner.asset_id not in left_out(home, TODAY())) is comes_back


def test_an_ended_tie_keeps_its_place_away_for_half_a_year(home) -> None:
    recent, old = over(home, "ended", 100), over(home, "ended", 190)

    assert left_out(home, TODAY()) == {recent.partner.asset_id}
    assert old.partner.asset_id not in left_out(home, TODAY())


def test_a_declined_tie_of_which_no_day_is_known_stays_away(home) -> None:
    made = tie(home, status="declined", declined_reason="not_now")

    assert left_out(home, TODAY()) == {made.partner.asset_id}


@pytest.mark.parametrize("reason", Reason)
def test_a_no_keeps_its_place_away_until_its_reason_has_passed(home, reason) -> None:
    said = factories.DismissalFactory(home=home, reason=reason)
    assert left_out(home, TODAY()) == {said.asset_id}

    Dismissal.objects.update(said_on=TODAY() - dt.timedelta(days=92))

    assert (left_out(home, TODAY()) == set()) is (reason in BACK_AFTER)


def test_another_homes_no_keeps_nothing_away(home) -> None:
    factories.DismissalFactory(home=factories.HomeFactory(name="Other"))

    assert left_out(home, TODAY()) == set()
