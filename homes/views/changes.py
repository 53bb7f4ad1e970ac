"""What registers say anew: a queue that champions and administrators look through."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homes.models import ChangeKind, RegisterChange, RegisterChangeQuerySet
from homes.services import mark_seen

PAGE_LENGTH: Final = 30
ACTION: Final = "homes.see_changes"


@require_http_methods(["GET", "HEAD", "POST"])
def register_changes(request: HttpRequest) -> HttpResponse:
    """Show what nobody has seen yet, by ``?kind=``; mark one change, or all shown, as seen."""
    problem, status = "", 200
    kind = request.POST.get("kind", request.GET.get("kind", ""))
    waiting = _for_this_person(request)
    if kind and kind not in ChangeKind.values:
        problem, status, kind = "kind: there is no such kind of change.", 400, ""
    elif request.method == "POST":
        try:
            return _mark(request, waiting, kind)
        except ValidationError as error:
            problem, status = str(error.message), 400
    shown = waiting.filter(kind=kind) if kind else waiting
    page = Paginator(shown.select_related("registration__home"), PAGE_LENGTH).get_page(
        request.GET.get("page", "1")
    )
    context = {
        "page": page,
        "count": page.paginator.count,
        "kind": kind,
        "kinds": _kinds(waiting),
        "latest": shown.aggregate(latest=Max("pk"))["latest"] or 0,
        "problem": problem,
    }
    return render(request, "homes/changes.html", context, status=status)


def _for_this_person(request: HttpRequest) -> RegisterChangeQuerySet:
    reach = request.scopes(ACTION)  # type: ignore[attr-defined]
    waiting: RegisterChangeQuerySet = RegisterChange.objects.unseen()
    return waiting.about_homes_in(everywhere=reach.everywhere, area_ids=reach.area_ids)


def _kinds(waiting: RegisterChangeQuerySet) -> list[tuple[str, str, int]]:
    """Return the kinds that wait: name, label, how many."""
    counts = dict(waiting.order_by().values_list("kind").annotate(count=Count("pk")))
    return [
        (each.value, str(each.label), counts[each]) for each in ChangeKind if each in counts
    ]


def _mark(request: HttpRequest, waiting: RegisterChangeQuerySet, kind: str) -> HttpResponse:
    user: Any = request.user
    if request.POST.get("all") == "yes":
        # No more than the person was shown a number of: what came since stays.
        latest = _number(request.POST.get("latest", ""))
        chosen = waiting.filter(pk__lte=latest)
        chosen = chosen.filter(kind=kind) if kind else chosen
    else:
        change = get_object_or_404(RegisterChange, pk=_number(request.POST.get("change", "")))
        if not user.has_perm(ACTION, change):
            raise Http404("Your roles do not reach this home.")
        chosen = RegisterChange.objects.filter(pk=change.pk)
    count = mark_seen(changes=chosen, by=user)
    messages.success(request, f"{count} change{'' if count == 1 else 's'} marked as seen.")
    query = f"?kind={kind}" if kind else ""
    return redirect(reverse("homes:changes") + query)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValidationError("change: we could not tell which one you have seen.")
    return int(text)
