"""A consent that was taken back lets a volunteer rest at once. Nobody is told why."""

from typing import Any, Final

from fans.people.consent.models import Consent
from fans.people.volunteers.models import Guardian, Stage, Volunteer
from fans.people.volunteers.services.pathway import move

YOUNG: Final = "young_volunteer"
NEEDED: Final = ("volunteer_profile", YOUNG)


def rest_without_consent(sender: object, *, consent: Consent, **kwargs: Any) -> None:
    """Let the volunteer rest whose needed consent was taken back."""
    if consent.purpose not in NEEDED:
        return
    volunteer = Volunteer.objects.filter(person_id=consent.person_id).first()
    if volunteer is None:
        return
    if volunteer.stage not in (Stage.RESTING, Stage.LEFT):
        # Whoever wrote down what somebody said on paper has not paused them.
        own = consent.withdrawn_by_id == consent.person_id
        by = consent.withdrawn_by if own else None
        move(volunteer=volunteer, to=Stage.RESTING, by=by)
    if consent.purpose == YOUNG:
        Volunteer.objects.filter(pk=volunteer.pk).update(adult_confirmed_at=None)
        Guardian.objects.filter(volunteer_id=volunteer.pk).update(confirmed_at=None)
