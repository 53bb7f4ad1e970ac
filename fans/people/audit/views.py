"""The auditor's pages: what was changed, and who looked at rows about people."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fans.people.audit import reads
from fans.people.audit.finding import find
from fans.people.audit.forms import ChangesForm, ReadsForm, kind_in_words
from fans.people.audit.models import AccessLog
from fans.people.audit.telling import Change, tell
from fans.people.models import Person
from fans.people.table import ACTIONS
from fans.people.typed import asked_for, keep

ACTION: Final = "audit.view"
PAGE_LENGTH: Final = 50
NAMED: Final = 5
"""So many of the people that a list showed are named; the others are counted."""


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Show what was changed, the latest first, with before and after side by side."""
    if request.method == "POST":
        return keep(request, "who")
    given = asked_for(request, "who")
    form = ChangesForm(given)
    if not form.is_valid():
        return _page(request, "changes", form)
    lines, more = find(form.wanted())
    told = tell(lines)
    reads.write(
        request,
        action=ACTION,
        kind="audit.Change",
        row_ids=[line.pgh_id for _, line in lines],
        people_ids=sorted(_people_in(lines)),
    )
    asked = _asked(given)
    context = {"changes": told, "row": _row_asked(form, told), "more": "", "asked": asked}
    if more:
        again = request.GET.copy()
        again["below"] = str(more)
        context["more"] = again.urlencode()
    return _page(request, "changes", form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def looks(request: HttpRequest) -> HttpResponse:
    """Show who looked at rows about people, the latest first."""
    if request.method == "POST":
        return keep(request, "who", "about")
    given = asked_for(request, "who", "about")
    form = ReadsForm(given)
    if not form.is_valid():
        return _page(request, "reads", form)
    found = list(_looks(form)[: PAGE_LENGTH + 1])
    page = found[:PAGE_LENGTH]
    people = Person.objects.in_bulk(
        {look.person_id for look in page}
        | {pk for look in page for pk in look.people_ids[:NAMED]}
    )
    told = [_told(look, people) for look in page]
    reads.note(request, page, action=ACTION)
    more = ""
    if len(found) > PAGE_LENGTH:
        again = request.GET.copy()
        again["below"] = str(page[-1].pk)
        more = again.urlencode()
    return _page(request, "reads", form, looks=told, more=more, asked=_asked(given))


def _looks(form: ReadsForm) -> QuerySet[AccessLog]:
    said = form.cleaned_data
    since, before = form.moments()
    rows = AccessLog.objects.order_by("-at", "-pk")
    if said["who"] is not None:
        rows = rows.filter(person__in=said["who"])
    if said["about"] is not None:
        rows = rows.filter(people_ids__overlap=said["about"])
    if said["kind"]:
        rows = rows.filter(kind=said["kind"])
    if since:
        rows = rows.filter(at__gte=since)
    if before:
        rows = rows.filter(at__lt=before)
    if said["below"]:
        last = AccessLog.objects.filter(pk=said["below"]).first()
        rows = rows.below(last) if last else rows.none()
    return rows


def _told(look: AccessLog, people: dict[int, Person]) -> dict[str, Any]:
    named = [_called(pk, people) for pk in look.people_ids[:NAMED]]
    action = ACTIONS.get(look.action)
    return {
        "look": look,
        "who": _called(look.person_id, people),
        "doing": action.label if action else look.action,
        "what": kind_in_words(look.kind) if look.kind != "audit.Change" else "Changes",
        "named": named,
        "others": len(look.people_ids) - len(named),
    }


def _called(pk: int | None, people: dict[int, Person]) -> str:
    person = people.get(pk) if pk else None
    return str(person) if person else f"Person {pk}, erased"


def _people_in(lines: list[tuple[str, Any]]) -> set[int]:
    """Return whom the lines are about."""
    found = set[int]()
    for _, line in lines:
        about = (
            line.pgh_obj_id
            if issubclass(line.pgh_tracked_model, Person)
            else getattr(line, "person_id", None)
        )
        if about is not None:
            found.add(about)
    return found


def _row_asked(form: ChangesForm, told: list[Change]) -> str:
    """Return what the one row is called whose changes are asked for."""
    if not form.cleaned_data["row"]:
        return ""
    kind, row = kind_in_words(form.cleaned_data["kind"]), form.cleaned_data["row"]
    name = next((change.name for change in told if change.name), "")
    return f"{kind}, number {row}" + (f": {name}" if name else "")


def _asked(given: QueryDict) -> bool:
    return any(value for name, value in given.items() if name != "below")


def _page(request: HttpRequest, name: str, form: Any, **context: Any) -> HttpResponse:
    status = 200 if form.is_valid() else 400
    return render(request, f"audit/{name}.html", {"form": form, **context}, status=status)
