import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fans.people.models import Membership
from fans.people.volunteers.errors import (
    AdultMissingError,
    CheckMissingError,
    InductionMissingError,
    MovedMeanwhileError,
    NotTheirsError,
    PausedByLeadError,
    ReferencesMissingError,
    RoleMissingError,
    WrongStepError,
)
from fans.people.volunteers.models import InductionTick, Stage, Vetting, Volunteer
from fans.people.volunteers.services.needs import next_stage, open_needs
from fans.people.volunteers.services.pathway import (
    begin,
    move,
    returns_to,
    settle,
)
from tests.factories import (
    NORWICH,
    AreaFactory,
    PersonFactory,
    VettingFactory,
    VolunteerFactory,
    active_volunteer,
    box,
    fulfil,
    member,
    young_volunteer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    """The lead of Sale."""
    return member("volunteer_lead", name="Lea", area=AreaFactory())


def stages_of(volunteer):
    return [event.stage for event in volunteer.events.reverse()]


def holds_role(person):
    return (
        Membership.objects.on(timezone.localdate())
        .filter(person=person, role="volunteer")
        .exists()
    )


def test_begins_with_the_first_stage_and_its_event():
    person = PersonFactory()

    volunteer = begin(
        volunteer=VolunteerFactory.build(person=person, stage="active", role_slug=""), by=person
    )

    assert volunteer.stage == Stage.APPLIED
    assert [(e.stage, e.by) for e in volunteer.events.all()] == [("applied", person)]


def test_goes_the_whole_way_one_stage_at_a_time(lead):
    volunteer = fulfil(VolunteerFactory(role_slug="visitor"))

    for stage in ("met", "references", "checked", "inducted", "active"):
        volunteer = move(volunteer=volunteer, to=stage, by=lead)

    assert stages_of(volunteer) == [
        *("applied", "met", "references", "checked", "inducted", "active")
    ]
    assert {e.by for e in volunteer.events.exclude(stage="applied")} == {lead}
    assert holds_role(volunteer.person)


def test_leaps_over_no_stage(lead):
    volunteer = fulfil(VolunteerFactory(role_slug="visitor"))

    with pytest.raises(WrongStepError, match="“Active” does not follow “Signed up”"):
        move(volunteer=volunteer, to="active", by=lead)


def test_passes_over_references_where_the_role_asks_for_none(lead):
    volunteer = fulfil(VolunteerFactory(role_slug="group-visit", stage="met"))

    assert next_stage(volunteer) == Stage.CHECKED
    assert move(volunteer=volunteer, to="checked", by=lead).stage == "checked"


@pytest.mark.parametrize(
    ("stage", "to", "missing", "error"),
    [
        ("met", "references", "role", RoleMissingError),
        ("met", "references", "references", ReferencesMissingError),
        ("references", "checked", "check", CheckMissingError),
        ("checked", "inducted", "induction", InductionMissingError),
        ("inducted", "active", "check", CheckMissingError),
    ],
)
def test_asks_for_what_is_missing(lead, stage, to, missing, error):
    volunteer = fulfil(VolunteerFactory(role_slug="visitor", stage=stage))
    if missing == "role":
        volunteer.role_slug = ""
        volunteer.save()
    elif missing == "references":
        volunteer.references.first().delete()
    elif missing == "check":
        volunteer.vettings.all().delete()
    else:
        volunteer.inductions.get(item="shown-round").delete()

    with pytest.raises(error):
        move(volunteer=volunteer, to=to, by=lead)

    volunteer.refresh_from_db()
    assert volunteer.stage == stage


def test_an_item_that_is_not_required_holds_nobody_up(lead):
    volunteer = fulfil(VolunteerFactory(stage="checked"))
    InductionTick.objects.get(volunteer=volunteer, item="first-visit").delete()

    assert move(volunteer=volunteer, to="inducted", by=lead).stage == "inducted"


def test_no_check_counts_once_it_is_decided_that_none_is_needed(lead):
    volunteer = VolunteerFactory(stage="references")
    VettingFactory(volunteer=volunteer, level="none", outcome="not_needed")

    assert open_needs(volunteer, "checked")[0].__class__ is ReferencesMissingError
    assert not [n for n in open_needs(volunteer, "checked") if isinstance(n, CheckMissingError)]


@pytest.mark.parametrize(
    ("outcome", "recheck", "words"),
    [
        ("not_ok", None, "does not suit"),
        ("ok", dt.timedelta(days=-1), "due anew"),
    ],
)
def test_a_decision_that_is_bad_or_over_lets_nobody_on(lead, outcome, recheck, words):
    volunteer = fulfil(VolunteerFactory(stage="references"))
    today = timezone.localdate()
    Vetting.objects.filter(volunteer=volunteer).update(
        outcome=outcome,
        asked_on=today - dt.timedelta(days=9),
        decided_on=today - dt.timedelta(days=9),
        recheck_on=recheck and today + recheck,
    )

    with pytest.raises(CheckMissingError, match=words):
        move(volunteer=volunteer, to="checked", by=lead)


def test_a_decision_for_another_role_is_none(lead):
    volunteer = fulfil(VolunteerFactory(stage="references"))
    Vetting.objects.filter(volunteer=volunteer).update(role_slug="helper")

    with pytest.raises(CheckMissingError, match="Decide about a check"):
        move(volunteer=volunteer, to="checked", by=lead)


def test_the_latest_decision_counts(lead):
    volunteer = fulfil(VolunteerFactory(stage="references"))
    VettingFactory(volunteer=volunteer, outcome="not_ok")

    with pytest.raises(CheckMissingError):
        move(volunteer=volunteer, to="checked", by=lead)


def test_the_young_wait_for_their_adult(lead):
    volunteer = young_volunteer(adult_confirmed_at=None)

    with pytest.raises(AdultMissingError):
        move(volunteer=volunteer, to="met", by=lead)


def test_a_child_becomes_active_without_a_role_on_the_site(lead):
    child = PersonFactory(email=None, password=None)
    volunteer = fulfil(
        young_volunteer(age_band="under-16", role_slug="young", stage="inducted", person=child)
    )

    move(volunteer=volunteer, to="active", by=lead)

    assert not holds_role(child)


def test_rests_and_comes_back_to_where_they_were():
    volunteer = active_volunteer()

    rested = move(volunteer=volunteer, to="resting", by=volunteer.person)
    assert holds_role(volunteer.person)
    back = move(volunteer=rested, to="active", by=volunteer.person)

    assert back.stage == "active"
    assert stages_of(back)[-2:] == ["resting", "active"]


def test_comes_back_no_further_than_nothing_is_missing():
    volunteer = active_volunteer()
    resting = move(volunteer=volunteer, to="resting", by=volunteer.person)
    volunteer.vettings.all().delete()

    assert returns_to(resting) == Stage.REFERENCES
    with pytest.raises(WrongStepError):
        move(volunteer=resting, to="active", by=volunteer.person)
    move(volunteer=resting, to="references", by=volunteer.person)

    assert not holds_role(volunteer.person)


def test_only_a_lead_ends_the_pause_of_a_lead(lead):
    volunteer = active_volunteer()

    paused = move(volunteer=volunteer, to="resting", by=lead)

    assert paused.paused_by_lead
    assert not holds_role(volunteer.person)
    with pytest.raises(PausedByLeadError):
        move(volunteer=paused, to="active", by=volunteer.person)
    assert move(volunteer=paused, to="active", by=lead).stage == "active"
    assert holds_role(volunteer.person)


def test_a_leads_pause_stays_when_the_leads_account_has_gone(lead):
    volunteer = active_volunteer()
    paused = move(volunteer=volunteer, to="resting", by=lead)

    lead.delete()

    with pytest.raises(PausedByLeadError):
        move(volunteer=paused, to="active", by=volunteer.person)


def test_a_lead_pauses_whoever_rests_already(lead):
    volunteer = active_volunteer()
    resting = move(volunteer=volunteer, to="resting", by=volunteer.person)
    assert not resting.paused_by_lead

    paused = move(volunteer=resting, to="resting", by=lead)

    assert paused.paused_by_lead
    assert returns_to(paused) == Stage.ACTIVE


def test_a_pause_keeps_no_reason(lead):
    volunteer = active_volunteer()

    with pytest.raises(ValidationError, match="without a reason"):
        move(volunteer=volunteer, to="resting", by=lead, note="Was late")

    volunteer.refresh_from_db()
    assert volunteer.stage == "active"


def test_leaves_from_anywhere_and_applies_anew(lead):
    volunteer = active_volunteer(may_be_alone=True)

    left = move(volunteer=volunteer, to="left", by=volunteer.person)
    assert not holds_role(volunteer.person)
    assert not left.may_be_alone
    anew = move(volunteer=left, to="applied", by=volunteer.person)

    assert stages_of(anew)[-2:] == ["left", "applied"]


def test_goes_back_to_an_earlier_stage_and_loses_the_role(lead):
    volunteer = active_volunteer(may_be_alone=True)

    back = move(volunteer=volunteer, to="met", by=lead)

    assert not holds_role(volunteer.person)
    assert not back.may_be_alone


@pytest.mark.parametrize("to", ["met", "left", "nowhere"])
def test_nobody_leaves_twice_or_starts_in_the_middle(lead, to):
    volunteer = VolunteerFactory(stage="left")

    with pytest.raises((WrongStepError, NotTheirsError)):
        move(volunteer=volunteer, to=to, by=lead)


@pytest.mark.parametrize("to", ["met", "references", "active"])
def test_nobody_takes_the_leads_steps_themselves(to):
    volunteer = fulfil(VolunteerFactory(role_slug="visitor"))

    with pytest.raises(NotTheirsError):
        move(volunteer=volunteer, to=to, by=volunteer.person)


def test_a_lead_does_not_clear_themselves(lead):
    volunteer = fulfil(VolunteerFactory(person=lead, role_slug="visitor"))

    with pytest.raises(NotTheirsError):
        move(volunteer=volunteer, to="met", by=lead)


def test_a_lead_of_another_area_takes_no_step():
    stranger = member("volunteer_lead", area=AreaFactory(boundary=box(NORWICH)))
    volunteer = VolunteerFactory()

    with pytest.raises(NotTheirsError):
        move(volunteer=volunteer, to="met", by=stranger)


@pytest.mark.parametrize("role", ["champion", "volunteer", "facilitator"])
def test_other_roles_take_no_step(role):
    scope = {"champion": "area"}.get(role)
    somebody = (
        member(role, area=AreaFactory())
        if scope
        else (member(role) if role == "volunteer" else PersonFactory())
    )
    volunteer = VolunteerFactory()

    with pytest.raises(NotTheirsError):
        move(volunteer=volunteer, to="met", by=somebody)


def test_without_a_place_only_an_administrator_accompanies_them(lead):
    volunteer = VolunteerFactory(
        location=None, location_precision="", location_source="", cell=""
    )

    with pytest.raises(NotTheirsError):
        move(volunteer=volunteer, to="met", by=lead)
    move(volunteer=volunteer, to="met", by=member("administrator"))


def test_a_childs_adult_acts_for_it_without_an_account(lead):
    child = fulfil(
        young_volunteer(
            role_slug="young",
            stage="active",
            age_band="under-16",
            person=PersonFactory(email=None, password=None),
        )
    )

    with pytest.raises(NotTheirsError):
        move(volunteer=child, to="met", by=None)
    rested = move(volunteer=child, to="resting", by=None)
    back = move(volunteer=rested, to="active", by=None)
    paused = move(volunteer=back, to="resting", by=lead)

    with pytest.raises(PausedByLeadError):
        move(volunteer=paused, to="active", by=None)
    assert move(volunteer=paused, to="left", by=None).stage == "left"


def test_a_page_that_shows_an_old_stage_moves_nobody(lead):
    volunteer = VolunteerFactory()
    move(volunteer=volunteer, to="met", by=lead)

    with pytest.raises(MovedMeanwhileError, match="they are at “Met” now"):
        move(volunteer=volunteer, to="left", by=lead, seen="applied")

    assert Volunteer.objects.get().stage == "met"


def test_hears_from_them_when_they_act_or_are_met(lead):
    long_ago = timezone.localdate() - dt.timedelta(days=90)
    own = active_volunteer(last_heard_on=long_ago)
    met = VolunteerFactory(last_heard_on=long_ago)
    paused = active_volunteer(last_heard_on=long_ago)

    move(volunteer=own, to="resting", by=own.person)
    move(volunteer=met, to="met", by=lead)
    move(volunteer=paused, to="resting", by=lead)

    heard = {v.pk: v.last_heard_on for v in Volunteer.objects.all()}
    assert heard == {
        own.pk: timezone.localdate(),
        met.pk: timezone.localdate(),
        paused.pk: long_ago,
    }


def test_settles_where_nothing_is_missing(lead):
    volunteer = active_volunteer()
    volunteer.vettings.all().delete()

    assert settle(volunteer, lead).stage == "references"
    assert settle(volunteer, lead).stage == "references"
    assert stages_of(volunteer)[-1] == "references"


def test_keeps_a_short_note_with_a_step(lead):
    volunteer = VolunteerFactory()

    move(volunteer=volunteer, to="met", by=lead, note="  at the library ")

    assert volunteer.events.first().note == "at the library"
    with pytest.raises(ValidationError):
        move(volunteer=volunteer, to="left", by=lead, note="x" * 201)
