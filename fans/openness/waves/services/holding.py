"""One writer at a time for a wave's days and its close."""

from fans.cohorts.models import Enrolment
from fans.openness.models import Wave


def held(wave: Wave) -> Wave:
    """Return a wave as it stands, with all of its enrolment held until the transaction ends.

    Two who move two windows of one home at once then see each other's days. Rows that
    point at either need not wait.
    """
    Enrolment.objects.select_for_update(no_key=True).only("pk").get(pk=wave.enrolment_id)
    return (
        Wave.objects.select_for_update(of=("self",), no_key=True)
        .select_related("enrolment__home", "instrument", "opened_by", "closed_by")
        .get(pk=wave.pk)
    )
