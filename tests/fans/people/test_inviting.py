"""Invitations: who may give what where, links that work once, and what undoes them."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from fans.people import inviting, services
from fans.people.errors import (
    AccountExistsError,
    InvitationIsOverError,
    LastAdministratorError,
    MayNotGiveError,
    TooLateError,
    TooManyInvitationsError,
    WrongAccountError,
)
from fans.people.giving import may_give, roles_to_give, scopes_to_give
from fans.people.models import Invitation, Membership, Person, Role, hash_of
from tests import factories
from tests.factories import NORWICH, PASSWORD, SALE, metres_east

EVE = "eve@example.org"


def _token() -> str:
    """The token of the last mail."""
    return re.search(r"/invitation/([\w-]+)/", mail.outbox[-1].body)[1]


@pytest.fixture
def invited(manager, home) -> Invitation:
    """Mo has invited Eve to coordinate activities at Larkfield House."""
    return inviting.invite(
        email=" Eve@Example.org ", role="coordinator", scope=home, by=manager
    )


# --- addresses that are forgotten ---------------------------------------------------------


def test_an_invitation_is_to_be_forgotten_once_its_link_is_too_old(invited):
    with time_machine.travel(timezone.now() + dt.timedelta(days=13)):
        assert not inviting.unanswered().exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        assert inviting.unanswered().get() == invited


def test_an_invitation_taken_back_is_to_be_forgotten_after_a_day(invited, manager):
    inviting.take_back(invitation=invited, by=manager)

    assert not inviting.unanswered().exists()  # it still counts for the day's most
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert inviting.unanswered().get() == invited


def test_an_invitation_that_was_accepted_is_not_forgotten_as_unanswered(invited):
    inviting.accept(token=_token(), name="Eve")

    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        assert not inviting.unanswered().exists()


# --- who may give what, and where ---------------------------------------------------------


def test_a_manager_gives_the_roles_of_the_own_home(manager, home):
    elsewhere = factories.HomeFactory(name="Elmbank", location=NORWICH)

    assert roles_to_give(manager) == [Role.COORDINATOR, Role.NAVIGATOR, Role.RELATIVE]
    assert may_give(manager, "coordinator", home)
    assert not may_give(manager, "coordinator", elsewhere)
    assert not may_give(manager, "manager", home)
    assert list(scopes_to_give(manager, "relative")) == [home]


def test_a_facilitator_gives_managers_to_homes_of_the_own_cohort(facilitator, home):
    other = factories.EnrolmentFactory(home=factories.HomeFactory(name="Elmbank")).home

    assert may_give(facilitator, "manager", home)
    assert not may_give(facilitator, "manager", other)
    assert not may_give(facilitator, "coordinator", home)
    assert list(scopes_to_give(facilitator, "manager")) == [home]


def test_a_champion_gives_places_of_the_own_area_to_their_partners(champion):
    near = factories.AssetFactory(location=metres_east(SALE, 100))
    far = factories.AssetFactory(location=NORWICH)

    assert may_give(champion, "partner", near)
    assert not may_give(champion, "partner", far)
    assert list(scopes_to_give(champion, "partner")) == [near]


def test_a_volunteer_lead_gives_volunteers_and_no_administrator(db):
    lead = factories.member("volunteer_lead", area=factories.AreaFactory())

    assert may_give(lead, "volunteer", None)
    assert not may_give(lead, "administrator", None)


@pytest.mark.parametrize("role", ["coordinator", "researcher", "volunteer", "commissioner"])
def test_others_give_nothing(role, home, cohort):
    scope = {
        "coordinator": {"home": home},
        "researcher": {"cohort": cohort},
        "commissioner": {"area": factories.AreaFactory()},
    }
    person = factories.member(role, **scope.get(role, {}))

    assert roles_to_give(person) == []
    assert not any(may_give(person, given, home) for given in Role)


def test_an_administrator_gives_every_role_everywhere(administrator, home):
    assert roles_to_give(administrator) == list(Role)
    assert may_give(administrator, "manager", home)


def test_a_role_that_is_over_gives_nothing(manager, home):
    manager.memberships.update(until=timezone.localdate() - dt.timedelta(days=1))

    with pytest.raises(MayNotGiveError):
        inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)


# --- offering ----------------------------------------------------------------------------


def test_an_invitation_is_mailed_with_a_link_and_kept_without_it(invited):
    (sent,) = mail.outbox
    token = _token()

    assert sent.to == [EVE]
    assert "Mo invites you" in sent.subject
    assert "activity coordinator for Larkfield House" in sent.body
    assert invited.token_hash == hash_of(token)
    assert token not in {str(value) for value in vars(invited).values()}


def test_inviting_again_ends_the_first_link(invited, manager, home):
    first = _token()
    inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)

    assert inviting.find(token=first) is None
    assert inviting.find(token=_token())


def test_refuses_a_role_for_another_scope_and_saves_nothing(administrator, cohort):
    with pytest.raises((ValidationError, ValueError)):
        inviting.invite(email=EVE, role="manager", scope=cohort, by=administrator)

    assert not Invitation.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["eve", "", "eve@", "a@b.c\nBcc: all@example.org"])
def test_refuses_what_is_no_address(email, manager, home):
    with pytest.raises(ValidationError):
        inviting.invite(email=email, role="coordinator", scope=home, by=manager)

    assert mail.outbox == []


def test_refuses_a_last_day_that_is_over(manager, home):
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    with pytest.raises(ValidationError, match="over"):
        inviting.invite(email=EVE, role="coordinator", scope=home, until=yesterday, by=manager)


def test_a_name_cannot_write_lines_of_its_own_into_the_mail(manager, home):
    Person.objects.filter(pk=manager.pk).update(name="Mo\n\nPay here: evil.example")
    manager.refresh_from_db()

    inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)

    assert "\n" not in mail.outbox[0].subject
    assert "Mo Pay here" in mail.outbox[0].body


def test_nobody_invites_hundreds(manager, home, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_A_DAY", 3)
    for number in range(3):
        inviting.invite(
            email=f"p{number}@example.org", role="coordinator", scope=home, by=manager
        )

    with pytest.raises(TooManyInvitationsError, match="tomorrow"):
        inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)


def test_sent_again_only_the_new_link_works_for_two_weeks_more(invited, manager):
    first = _token()
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        inviting.send_again(invitation=invited, by=manager)
        later = timezone.now() + dt.timedelta(days=13)
    with time_machine.travel(later):
        assert inviting.find(token=first) is None
        assert inviting.find(token=_token())


def test_an_invitation_is_sent_five_times_at_most(invited, manager):
    for _ in range(4):
        inviting.send_again(invitation=invited, by=manager)

    with pytest.raises(TooManyInvitationsError, match="another way"):
        inviting.send_again(invitation=invited, by=manager)
    assert len(mail.outbox) == 5


def test_others_neither_send_again_nor_take_back(invited, coordinator):
    for act in (inviting.send_again, inviting.take_back):
        with pytest.raises(MayNotGiveError):
            act(invitation=invited, by=coordinator)


# --- accepting ---------------------------------------------------------------------------


def test_a_newcomer_gets_an_account_with_a_confirmed_address_and_the_role(invited, home):
    membership = inviting.accept(token=_token(), name="Eve", password=PASSWORD)

    eve = membership.person
    assert (eve.email, eve.name, eve.is_demo) == (EVE, "Eve", False)
    assert eve.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=eve).verified
    assert eve.has_perm("connections.log", home)
    assert membership.given_by == invited.invited_by


def test_whom_the_demos_people_invite_belongs_to_the_demo(manager, home):
    Person.objects.filter(pk=manager.pk).update(is_demo=True)
    manager.refresh_from_db()
    inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)

    assert inviting.accept(token=_token(), name="Eve").person.is_demo


def test_somebody_with_an_account_gets_the_role_once_signed_in(invited, home):
    eve = services.open_account(email=EVE, name="Eve")

    with pytest.raises(AccountExistsError):
        inviting.accept(token=_token(), name="Mallory", password="another password")
    inviting.accept(token=_token(), by=eve)

    eve = Person.objects.get(email=EVE)
    assert not eve.has_usable_password()
    assert eve.has_perm("connections.log", home)


def test_another_account_cannot_accept(invited, stranger):
    with pytest.raises(WrongAccountError, match=EVE):
        inviting.accept(token=_token(), by=stranger)

    assert not stranger.memberships.exists()
    assert inviting.find(token=_token())


def _used(invited, manager):
    inviting.accept(token=_token(), name="Eve")


def _taken_back(invited, manager):
    inviting.take_back(invitation=invited, by=manager)


def _too_old(invited, manager):
    long_ago = timezone.now() - dt.timedelta(days=30)
    Invitation.objects.update(
        created_at=long_ago, expires_at=timezone.now() - dt.timedelta(seconds=1)
    )


def _giver_lost_the_role(invited, manager):
    manager.memberships.update(ended_at=timezone.now())


def _giver_left(invited, manager):
    Person.objects.filter(pk=manager.pk).update(is_active=False)


def _role_would_be_over(invited, manager):
    Invitation.objects.update(until=timezone.localdate() - dt.timedelta(days=1))


OVER = [
    _used,
    _taken_back,
    _too_old,
    _giver_lost_the_role,
    _giver_left,
    _role_would_be_over,
]


@pytest.mark.parametrize("make_over", OVER, ids=lambda make: make.__name__)
def test_a_link_that_is_over_gives_nothing(make_over, invited, manager):
    make_over(invited, manager)
    before = Membership.objects.count()

    with pytest.raises(InvitationIsOverError):
        inviting.accept(token=_token(), name="Eve")

    assert inviting.find(token=_token()) is None
    assert Membership.objects.count() == before


@pytest.mark.parametrize("token", ["", "none-such", "é", "x" * 5000, "\x00"])
def test_a_made_up_token_opens_nothing(token, invited):
    assert inviting.find(token=token) is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_and_one_wins(home):
    manager = factories.member("manager", home=home)
    inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)
    token, start, said = _token(), threading.Barrier(2), []

    def accept():
        start.wait()
        try:
            inviting.accept(token=token, name="Eve")
            said.append("in")
        except InvitationIsOverError:
            said.append("over")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["in", "over"]
    assert Membership.objects.filter(role="coordinator").count() == 1


def test_accepting_a_role_that_is_held_lets_it_run_on(manager, home):
    soon = timezone.localdate() + dt.timedelta(days=3)
    eve = services.open_account(email=EVE)
    held = services.give_role(person=eve, role="coordinator", scope=home, until=soon)
    later = soon + dt.timedelta(days=100)
    inviting.invite(email=EVE, role="coordinator", scope=home, until=later, by=manager)

    inviting.accept(token=_token(), by=eve)

    held.refresh_from_db()
    assert held.until == later
    assert eve.memberships.count() == 1


# --- ending ------------------------------------------------------------------------------


@pytest.fixture
def held(coordinator) -> Membership:
    """Ada's role at Larkfield House."""
    return coordinator.memberships.get()


def test_an_ended_role_opens_nothing_from_that_moment(held, manager, home):
    services.end_role(membership=held, by=manager)

    assert not Person.objects.get(pk=held.person_id).has_perm("connections.log", home)
    held.refresh_from_db()
    assert held.ended_by == manager


def test_a_role_that_began_today_can_end_today(manager, home, stranger):
    held = services.give_role(person=stranger, role="relative", scope=home)

    services.end_role(membership=held, by=manager)

    assert not stranger.memberships.on(timezone.localdate()).exists()


def test_ending_can_be_taken_back_for_ten_minutes_by_whoever_did_it(held, manager, home):
    services.end_role(membership=held, by=manager)
    other = factories.member("manager", home=home, name="Mia")

    with pytest.raises(MayNotGiveError):
        services.restore_role(membership=held, by=other)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=11)),
        pytest.raises(TooLateError),
    ):
        services.restore_role(membership=held, by=manager)
    services.restore_role(membership=held, by=manager)

    assert Person.objects.get(pk=held.person_id).has_perm("connections.log", home)


def test_taking_back_an_ending_does_not_double_a_role_given_anew(held, manager, home):
    services.end_role(membership=held, by=manager)
    services.give_role(person=held.person, role="coordinator", scope=home)

    with pytest.raises(ValidationError):
        services.restore_role(membership=held, by=manager)


def test_a_role_outside_ones_reach_neither_ends_nor_runs_on(held):
    elsewhere = factories.HomeFactory(name="Elmbank", location=NORWICH)
    other = factories.member("manager", home=elsewhere)

    for act in (services.end_role, services.restore_role, services.keep_role):
        with pytest.raises(MayNotGiveError):
            act(membership=held, by=other)


def test_the_last_administrator_stays(administrator):
    (held,) = administrator.memberships.all()
    for_a_while = services.give_role(
        person=factories.PersonFactory(),
        role="administrator",
        until=timezone.localdate() + dt.timedelta(days=2),
    )

    with pytest.raises(LastAdministratorError):
        services.end_role(membership=held, by=administrator)
    for_a_while.until = None
    for_a_while.save()
    services.end_role(membership=held, by=administrator)

    assert not Person.objects.get(pk=administrator.pk).has_perm("site.administer")


def test_a_role_runs_on_for_a_year_and_never_ends_sooner(held, manager):
    today = timezone.localdate()
    for until, wanted in [
        (today, today + dt.timedelta(days=365)),
        (today + dt.timedelta(days=700), today + dt.timedelta(days=700)),
        (None, None),
    ]:
        Membership.objects.update(until=until)
        assert services.keep_role(membership=held, by=manager).until == wanted


def test_a_role_that_is_over_does_not_run_on(held, manager):
    held.until = timezone.localdate() - dt.timedelta(days=1)
    held.save()

    with pytest.raises(TooLateError):
        services.keep_role(membership=held, by=manager)


# --- what the database itself refuses -----------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"role": "king"}, "people_invitation_role_known"),
        ({"home": None}, "people_invitation_home_scope"),
        ({"role": "facilitator"}, "people_invitation_cohort_scope"),
        ({"role": "champion"}, "people_invitation_area_scope"),
        ({"role": "partner"}, "people_invitation_asset_scope"),
        ({"role": "volunteer"}, "people_invitation_no_scope"),
        ({"email": "Eve@example.org"}, "people_invitation_email_lower_case"),
        ({"expires_at": timezone.now() - dt.timedelta(days=99)}, "people_invitation_ordered"),
        (
            {"accepted_at": timezone.now(), "revoked_at": timezone.now()},
            "people_invitation_one_end",
        ),
        ({"sent": 6}, "people_invitation_sent_five_times"),
    ],
)
def test_the_database_refuses_a_broken_invitation(change, constraint, db):
    invitation = factories.InvitationFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**change)


def test_the_database_keeps_one_open_invitation_to_the_same(invited, home):
    with pytest.raises(IntegrityError, match="people_invitation_waits_once"):
        factories.InvitationFactory(email=EVE, home=home)


def test_the_database_wants_to_know_when_a_role_was_ended(held, manager):
    with pytest.raises(IntegrityError, match="people_membership_ended_when"):
        Membership.objects.filter(pk=held.pk).update(ended_by=manager)
