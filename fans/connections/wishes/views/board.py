"""The washing line of a home, and what is wished for around."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.views.access import home_for, person_of
from fans.connections.wishes import tags
from fans.connections.wishes.forms import thanks_waiting
from fans.connections.wishes.models import Wish, WishStatus
from fans.connections.wishes.reports import boards_for, counts_of, half_within, tags_of

PAGE_SIZE = 24


@require_safe
def board(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the wishes of a home: ``?state=`` open, granted or let_go, ``?tag=`` one theme."""
    home = home_for(request, home_id, "wishes.view")
    asked_state, asked_tag = request.GET.get("state", ""), request.GET.get("tag", "")
    state = asked_state if asked_state in WishStatus.values else WishStatus.OPEN.value
    tag = tags.TAGS.get(asked_tag)
    of_state = Wish.objects.of_home(home).filter(status=state)
    found = of_state.about(tag.slug) if tag else of_state
    rows = found.select_related("home", "connection__partnership__partner__asset")
    counts = counts_of(home)
    context = {
        "home": home,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(value, label, counts[value]) for value, label in WishStatus.choices],
        "tag": tag,
        "tags": tags_of(of_state),
        "none_yet": not any(counts.values()),
        "half_within": half_within(home),
        "thanks": thanks_waiting(home),
        "now": timezone.now(),
        "may_keep": request.user.has_perm("wishes.keep", home),
        "may_peg": request.user.has_perm("wishes.peg", home),
    }
    unknown = asked_state not in ("", *WishStatus.values) or (asked_tag and not tag)
    return render(request, "wishes/board.html", context, status=400 if unknown else 200)


@require_safe
def locality(request: HttpRequest) -> HttpResponse:
    """Show what is wished for around: themes alone, and no home."""
    return render(request, "wishes/locality.html", {"boards": boards_for(person_of(request))})
