"""Who holds which role, and inviting, keeping and ending: within one's own reach."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.people import inviting, services
from fans.people.errors import PeopleError
from fans.people.giving import givable, roles_to_give, shown
from fans.people.models import SCOPES, Invitation, Membership, Person, Role
from fans.people.role_forms import InviteForm
from fans.people.signals import people_shown
from fans.people.typed import asked_for, keep

PAGE_LENGTH: Final = 50
SOON: Final = dt.timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """List the roles held and offered within one's reach, those that end soon first."""
    if request.method == "POST":
        return keep(request, "q")
    person = cast(Person, request.user)
    # No text of the database holds NUL, and this search has no form that refuses it.
    words = asked_for(request, "q").get("q", "").replace("\x00", " ")[:100]
    held = _held(person, words)
    page = Paginator(held, PAGE_LENGTH).get_page(request.GET.get("page"))
    on_page = [row.pk for row in page.object_list]
    mine = Membership.objects.filter(givable(person), pk__in=on_page)
    offered = Invitation.objects.waiting().filter(givable(person, Invitation))
    offered = offered.select_related("invited_by", *SCOPES)[:PAGE_LENGTH]
    _note_shown(request, [*page.object_list, *offered])
    context = {
        "page": page,
        "words": words,
        "mine": set(mine.values_list("pk", flat=True)),
        "offered": offered,
        "soon": _soon(),
        "ending": held.filter(until__lte=_soon()).count(),
        "may_invite": bool(roles_to_give(person)),
        "may_audit": person.has_perm("audit.view"),
    }
    return render(request, "people/roles.html", context)


def _note_shown(request: HttpRequest, rows: list[Any]) -> None:
    """Tell that rows about people are shown, for the log of who looked at whom."""
    people_shown.send(roles, request=request, rows=rows, action="people.give_roles")


def _soon() -> dt.date:
    return timezone.localdate() + SOON


def _held(person: Person, words: str) -> Any:
    today = timezone.localdate()
    not_over = Q(until__isnull=True) | Q(until__gte=today)
    rows = Membership.objects.filter(shown(person), not_over, ended_at__isnull=True)
    if words:
        rows = rows.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    in_order = rows.order_by("until", "person__name", "person__email", "pk")
    return in_order.select_related("person", *SCOPES)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Choose a role, then say whom to invite and for what."""
    person = cast(Person, request.user)
    choices = roles_to_give(person)
    asked = request.POST.get("role") or request.GET.get("role", "")
    role = choices[0] if len(choices) == 1 else next((r for r in choices if r == asked), None)
    if role is None:
        status = 400 if request.method == "POST" else 200
        return render(request, "people/invite_role.html", {"roles": choices}, status=status)
    words = (request.POST.get("q") or request.GET.get("q", "")).strip()[:100]
    form = InviteForm(request.POST or None, by=person, role=role, words=words)
    if form.is_valid() and _send(request, person, role, form):
        return redirect("people:roles")
    context = {"form": form, "role": role, "one_role": len(choices) == 1}
    return render(request, "people/invite.html", context)


def _send(request: HttpRequest, person: Person, role: Role, form: InviteForm) -> bool:
    try:
        sent = inviting.invite(
            email=form.cleaned_data["email"],
            role=role,
            scope=form.cleaned_data.get("scope"),
            until=form.cleaned_data["until"],
            by=person,
        )
    except PeopleError as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    messages.success(request, f"Invitation sent to {sent.email}.")
    return True


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail an invitation once more, with a new link."""
    row = _of_mine(Invitation, request, pk)
    return _do(
        request,
        lambda: inviting.send_again(invitation=row, by=cast(Person, request.user)),
        f"Sent to {row.email} again. The link in the earlier message is dead now.",
    )


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End an invitation that nobody has used."""
    row = _of_mine(Invitation, request, pk)
    return _do(
        request,
        lambda: inviting.take_back(invitation=row, by=cast(Person, request.user)),
        f"The invitation to {row.email} is taken back.",
    )


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role from now on; can be taken back for ten minutes."""
    row = _of_mine(Membership, request, pk)
    return _do(
        request,
        lambda: services.end_role(membership=row, by=cast(Person, request.user)),
        f"{row.person} is no longer {row.get_role_display().lower()}.",
        undo=reverse("people:restore_role", args=[pk]),
    )


@require_POST
def restore_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ending of a role back."""
    row = _of_mine(Membership, request, pk)
    return _do(
        request,
        lambda: services.restore_role(membership=row, by=cast(Person, request.user)),
        f"{row.person} is {row.get_role_display().lower()} as before.",
    )


@require_POST
def keep_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a role run on for a year from today."""
    row = _of_mine(Membership, request, pk)
    return _do(
        request,
        lambda: services.keep_role(membership=row, by=cast(Person, request.user)),
        f"{row.person} stays {row.get_role_display().lower()} for another year.",
    )


def _of_mine(model: Any, request: HttpRequest, pk: int) -> Any:
    """Find a row that is theirs to change; another answers as if it did not exist."""
    person = cast(Person, request.user)
    if pk >= 2**63:
        raise Http404("There is no such row.")
    rows = model.objects.filter(givable(person, model))
    return get_object_or_404(rows, pk=pk)


def _do(
    request: HttpRequest, act: Callable[[], Any], said: str, *, undo: str = ""
) -> HttpResponse:
    try:
        act()
    except PeopleError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("people:roles")
