"""Pages of this room: a home's openness, and the assessment form."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fans.openness.behind import TABLES, behind
from fans.openness.from_log import asked_of
from fans.openness.models import WAVE_MONTHS
from fans.openness.replies.beside import beside_of
from fans.openness.replies.said import NOTHING_SAID
from fans.openness.replies.seeing import is_own_team
from fans.openness.reports import overview_of
from homes.models import Home


@require_safe
def home_openness(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a home how open it is: level, lived and felt, eight sides, each to be opened."""
    home = get_object_or_404(Home, pk=pk)
    if not request.user.has_perm("openness.view_score", home):
        raise Http404("Only the home’s own team and its facilitator see this.")
    overview = overview_of(home, person=request.user, month=_month(request))
    context = {
        "home": home,
        "overview": overview,
        "is_team": is_own_team(request.user, home),
        "counted": TABLES,
        "said": NOTHING_SAID,
        "opened": request.GET.get("side", ""),
        "may_answer": overview.open_wave
        and request.user.has_perm("openness.answer", overview.open_wave),
    }
    if overview.current_wave is not None:
        context |= beside_of(overview, overview.current_wave, person=request.user)
    return render(request, "openness/home.html", context)


@require_safe
def rows_behind(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show the rows behind one counted sign of a wave, as the log stands now."""
    home = get_object_or_404(Home, pk=pk)
    for action in ("openness.view_score", "connections.view"):
        if not request.user.has_perm(action, home):
            raise Http404("Only the home’s own team and its facilitator see this.")
    overview = overview_of(home, person=request.user, month=_month(request))
    picture = overview.current
    if code not in TABLES:
        raise Http404("This sign is answered, not counted.")
    if picture is None:
        return render(request, "openness/not_yet.html", {"home": home, "overview": overview})
    asked = asked_of(home, wave=overview.current_wave, as_of=picture.as_of)
    context = {
        "home": home,
        "overview": overview,
        "sign": picture.signs[code],
        "behind": behind(code, asked, picture.instrument.window),
    }
    return render(request, "openness/behind.html", context)


def _month(request: HttpRequest) -> int | None:
    month = request.GET.get("wave", "")
    return int(month) if month in map(str, WAVE_MONTHS) else None
