"""The page on which one asks what another version would have said of a wave."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fans.openness.evidence import parse_evidence
from fans.openness.figures import figures_of
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Instrument
from fans.openness.instruments.asking import Answered, ask_another
from fans.openness.instruments.reports import versions
from fans.openness.instruments.views.access import may_read_drafts
from fans.openness.may_show import Figures
from fans.openness.models import Wave
from fans.openness.replies.seeing import least_respondents, may_see_score
from fans.openness.signs_shown import TOO_FEW, one_place
from fans.openness.strict_json import Node


@dataclass(frozen=True)
class Beside:
    """One thing as it was scored, and as the other version would have had it."""

    name: str
    scored: str
    asked: str
    note: str = ""


@require_safe
def would_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a wave's score, and beside it what ``?version=`` would have said: a question."""
    waves = Wave.objects.select_related("enrolment__home", "score__instrument")
    wave = get_object_or_404(waves, pk=pk)
    home = wave.enrolment.home
    allowed = request.user.has_perm("openness.view_score", wave)
    if not allowed or not may_see_score(request.user, wave) or not hasattr(wave, "score"):
        raise Http404("There is no score here that you may see.")
    then = instrument_of(wave.score.instrument)
    found = versions(with_drafts=may_read_drafts(request))
    others = {each.name: each.instrument for each in found if each.name != then.version}
    name = request.GET.get("version", "")
    context = {"wave": wave, "home": home, "then": then, "others": others, "asked": name}
    if name in others:
        least = least_respondents(request.user, home)
        evidence = parse_evidence(Node(wave.score.evidence), {then.version: then})
        answered = ask_another(
            evidence, then, others[name],
            as_of=wave.score.as_of, least=least, home_kind=home.kind,
        )  # fmt: skip
        scored = figures_of(wave.score, least=least)
        context |= {
            "headlines": headlines(then, scored, answered),
            "sides": sides(then, scored, answered),
            "signs": signs(then, scored, answered),
        }
    unknown = name not in ("", *others)
    return render(request, "instruments/another.html", context, status=404 if unknown else 200)


def headlines(then: Instrument, scored: Figures, answered: Answered) -> list[Beside]:
    """Return level, lived, felt and how much is known, side by side."""
    asked, other = answered.figures, answered.instrument
    return [
        Beside("Level", _level(then, scored), _level(other, asked)),
        Beside("Lived, of 100", one_place(scored.lived), one_place(asked.lived)),
        Beside("Felt, of 100", _kept(scored, scored.felt), _kept(asked, asked.felt)),
        Beside("Signs known", _known(scored), _known(asked)),
    ]


def sides(then: Instrument, scored: Figures, answered: Answered) -> list[Beside]:
    """Return every side that one of both has."""
    names = {d.id: d.name for d in (*answered.instrument.dimensions, *then.dimensions)}
    return [
        Beside(
            names[id],
            _value(then, scored, id),
            _value(answered.instrument, answered.figures, id),
        )
        for id in sorted(names)
    ]


def signs(then: Instrument, scored: Figures, answered: Answered) -> list[Beside]:
    """Return the signs that both see differently, or of which there is something to know."""
    names = {i.id: i.name for i in (*answered.instrument.indicators, *then.indicators)}
    rows = [
        Beside(
            f"{id} {names[id]}",
            _step(scored, id),
            _step(answered.figures, id),
            answered.notes.get(id, ""),
        )
        for id in sorted(names)
    ]
    return [row for row in rows if row.note or row.scored != row.asked]


def _level(instrument: Instrument, shown: Figures) -> str:
    names = {level.id: level.name for level in instrument.levels}
    if shown.level:
        return names[shown.level]
    return TOO_FEW if shown.keeps_back else "not enough yet"


def _kept(shown: Figures, value: float | None) -> str:
    return TOO_FEW if value is None and shown.keeps_back else one_place(value)


def _known(shown: Figures) -> str:
    return f"{shown.coverage.known} of {shown.coverage.of}"


def _value(instrument: Instrument, shown: Figures, id: str) -> str:
    if id not in shown.dimensions:
        return "not a side of it"
    is_kept = any(i.id in shown.kept for i in instrument.indicators_of(id))
    return TOO_FEW if is_kept else one_place(shown.dimensions[id])


def _step(shown: Figures, id: str) -> str:
    if id not in shown.indicators:
        return "not a sign of it"
    if id in shown.kept:
        return TOO_FEW
    value = shown.indicators[id]
    return "not known" if value is None else one_place(value)
