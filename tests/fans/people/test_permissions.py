"""The permission table: every route has a row, and scopes hold."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from fans.people.models import Membership
from fans.people.permissions import allows, homes_in_reach, reach_of, roles_for
from fans.people.table import ACTIONS, ROUTE_PREFIXES, ROUTES, action_of
from tests import factories
from tests.factories import NORWICH, box


def _names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_route_has_a_row():
    missing = {name for name in _names(get_resolver().url_patterns) if action_of(name) is None}

    assert missing == set()


def test_every_row_has_a_route():
    names = set(_names(get_resolver().url_patterns))

    assert set(ROUTES) - names == set()


def test_every_row_names_an_action():
    assert set(ROUTES.values()) | set(ROUTE_PREFIXES.values()) <= set(ACTIONS)


def test_an_unknown_action_is_refused_even_to_administrators(administrator):
    assert not allows(administrator, "assets.launch")


def test_a_visitor_may_see_the_map_and_log_nothing(home):
    visitor = AnonymousUser()

    assert visitor.has_perm("map.view")
    assert not visitor.has_perm("connections.log", home)


def test_a_coordinator_logs_for_the_own_home_alone(coordinator, home):
    other = factories.HomeFactory(name="Elmbank", location=NORWICH)

    assert coordinator.has_perm("connections.log", home)
    assert not coordinator.has_perm("connections.log", other)


def test_a_champion_reaches_homes_and_assets_inside_the_area(champion, home):
    inside = factories.AssetFactory()
    outside = factories.AssetFactory(location=NORWICH)
    far = factories.HomeFactory(name="Elmbank", location=NORWICH)

    assert champion.has_perm("assets.publish", inside)
    assert not champion.has_perm("assets.publish", outside)
    assert champion.has_perm("connections.log", home)
    assert not champion.has_perm("connections.log", far)


def test_a_facilitator_sees_scores_of_the_own_cohort_alone(facilitator, home):
    elsewhere = factories.EnrolmentFactory(
        home=factories.HomeFactory(name="Elmbank", location=NORWICH)
    ).home

    assert facilitator.has_perm("openness.view_score", home)
    assert not facilitator.has_perm("openness.view_score", elsewhere)


def test_an_administrator_does_not_see_scores(administrator, home):
    assert not administrator.has_perm("openness.view_score", home)


@pytest.mark.parametrize(
    ("from_days", "until_days", "holds"),
    [(0, None, True), (0, 0, True), (1, None, False), (-9, -1, False)],
)
def test_a_membership_holds_on_its_days_both_included(
    home, stranger, from_days, until_days, holds
):
    today = timezone.localdate()
    until = None if until_days is None else today + dt.timedelta(days=until_days)
    Membership.objects.create(
        person=stranger,
        role="coordinator",
        home=home,
        from_on=today + dt.timedelta(days=from_days),
        until=until,
    )

    assert stranger.has_perm("connections.log", home) is holds


def test_reach_gives_lower_rooms_plain_ids(champion, home):
    reach = reach_of(champion, "assets.view_draft")

    assert not reach.everywhere
    assert len(reach.area_ids) == 1
    assert list(homes_in_reach(reach)) == [home]


def test_a_signed_in_stranger_is_told_their_roles_do_not_allow_it(client, stranger):
    client.force_login(stranger)

    response = client.get("/admin/")

    assert response.status_code == 403


def test_a_visitor_is_sent_to_sign_in_and_back(client, db):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/admin/"


def test_membership_needs_the_scope_of_its_role(home, stranger):
    with pytest.raises(IntegrityError, match="people_membership_area_scope"):
        Membership.objects.create(
            person=stranger, role="champion", home=home, from_on=dt.date(2026, 1, 1)
        )


def test_area_around_norwich_does_not_hold_sale(db, home):
    norwich = factories.member("champion", area=factories.AreaFactory(boundary=box(NORWICH)))

    assert not norwich.has_perm("connections.log", home)


def test_djangos_own_questions_about_a_model_are_the_administrators(administrator, champion):
    assert administrator.has_perm("people.change_person")
    assert not champion.has_perm("people.change_person")


def test_a_question_about_a_model_that_does_not_exist_is_refused(administrator):
    assert not administrator.has_perm("people.change_weather")


@pytest.mark.parametrize(("days_ago", "sees"), [(183, True), (184, False)])
def test_a_facilitator_reaches_a_home_until_the_staying_checks_are_over(
    facilitator, home, days_ago, sees
):
    ended = timezone.localdate() - dt.timedelta(days=days_ago)
    home.enrolments.update(starts_on=ended - dt.timedelta(days=180), ends_on=ended)

    assert facilitator.has_perm("openness.view_score", home) is sees
    reach = reach_of(facilitator, "openness.view_score")
    assert (home in homes_in_reach(reach)) is sees


def test_a_facilitator_does_not_reach_a_homes_part_in_another_cohort(facilitator, home):
    elsewhere = factories.EnrolmentFactory(home=home)
    wave = factories.WaveFactory(enrolment=elsewhere)

    assert facilitator.has_perm("openness.view_score", home)
    assert not facilitator.has_perm("openness.answer", wave)
    assert not facilitator.has_perm("openness.view_score", elsewhere)


def test_a_role_counts_for_what_it_reaches_alone(coordinator, home):
    far = factories.HomeFactory(name="Elmbank", location=NORWICH)
    area = factories.AreaFactory(boundary=box(NORWICH))
    coordinator.memberships.create(role="champion", area=area, from_on=dt.date(2026, 1, 1))

    assert roles_for(coordinator, home) == {"coordinator"}
    assert roles_for(coordinator, far) == {"champion"}
    assert roles_for(AnonymousUser(), home) == set()
