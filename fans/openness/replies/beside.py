"""Everything that a home's own view shows beside the figures of one wave."""

from typing import Any

from django.utils import timezone

from fans.openness.counted_twice import counted_twice
from fans.openness.late import late_answers
from fans.openness.models import Wave
from fans.openness.replies.models import Audience, Share
from fans.openness.replies.said import events_during, said_of
from fans.openness.replies.seeing import DAYS_TO_REPLY, facilitator_sees_from, may_see_score
from fans.openness.reports import Overview, Viewer
from fans.openness.waves.missing import pieces_of


def beside_of(overview: Overview, wave: Wave, *, person: Viewer) -> dict[str, Any]:
    """Return the context that a home's view needs beside its overview. At most ten queries."""
    home, picture = overview.home, overview.current
    open_wave = overview.open_wave
    context: dict[str, Any] = {
        "wave": wave,
        "said": said_of(wave, with_log=person.has_perm("connections.view", home)),
        "events": events_during(overview.waves),
        "may_reply": person.has_perm("openness.reply", home),
        "may_share": person.has_perm("openness.share", home),
        "shared_with": _shared_with(wave),
        "facilitator_from": facilitator_sees_from(wave),
        "facilitator_sees": timezone.localdate() >= facilitator_sees_from(wave),
        "days_to_reply": DAYS_TO_REPLY,
        "may_print": may_see_score(person, wave),
        "pieces": pieces_of([open_wave], inside=True)[open_wave.pk] if open_wave else [],
    }
    if picture is not None:
        context["late"] = late_answers(wave, picture.instrument, least=overview.least)
        context["counted_twice"] = counted_twice(
            wave,
            picture.instrument,
            as_of=picture.as_of,
            beds=picture.evidence.occupied_beds,
        )
    return context


def _shared_with(wave: Wave) -> list[str]:
    """Return who sees the picture by the home's choice, in words."""
    standing = Share.objects.standing().filter(wave=wave).order_by("pk")
    return [
        str(Audience(audience).label)
        for audience in standing.values_list("audience", flat=True)
    ]
