"""What is held on somebody, to see and to take away.

Each page is there twice: for oneself, and under a person's number for an administrator
who was asked. The permission table opens the second to administrators alone.
"""

from typing import Any, Final, TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from fans.people.audit import reads
from fans.people.models import Person
from fans.people.pdf import can_make_pdf, pdf_of
from fans.people.privacy.forms import FindForm
from fans.people.privacy.pack import NOT_IN_IT, Pack, make_pack
from fans.people.privacy.proof import bounded, proved
from fans.people.privacy.registry import Relation
from fans.people.privacy.searching import people_like

R = TypeVar("R", bound=HttpResponseBase)
ON_REQUEST: Final = "privacy.on_request"


@require_safe
@bounded
def summary(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Count what is held, kind by kind, and say what can be done about it."""
    pack = _pack(request, pk)
    about = [
        {"relation": relation, "groups": [g for g in pack.groups if g.relation is relation]}
        for relation in Relation
    ]
    context = {
        "pack": pack,
        "about": [each for each in about if each["groups"]],
        "not_in_it": NOT_IN_IT,
        "can_make_pdf": can_make_pdf(),
        "links": links(pk),
        "on_request": pk is not None,
    }
    return render(request, "privacy/summary.html", context)


@require_safe
@bounded
@proved
def as_json(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Hand the pack over as JSON."""
    pack = _pack(request, pk)
    response = StreamingHttpResponse(pack.as_json(), content_type="application/json")
    return _to_keep(response, pack, "json")


@require_safe
@bounded
@proved
def as_pdf(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Hand the pack over as PDF; where none can be made, show it as a page to print."""
    if not can_make_pdf():
        page: HttpResponse = as_page(request, pk)
        return page
    pack = _pack(request, pk)
    html = render_to_string("privacy/pack_pdf.html", _printed(pack))
    return _to_keep(HttpResponse(pdf_of(html), content_type="application/pdf"), pack, "pdf")


@require_safe
@bounded
@proved
def as_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the pack as a page to read or print."""
    context = {**_printed(_pack(request, pk)), "links": links(pk), "on_request": pk is not None}
    context["can_make_pdf"] = can_make_pdf()
    return _unkept(render(request, "privacy/pack_page.html", context))


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find who asked, by what they wrote; sent as a form, so that no address holds it."""
    form = FindForm(request.POST or None)
    found: list[Person] = []
    if form.is_valid():
        found = people_like(form.cleaned_data["words"])
        reads.note(request, found, action=ON_REQUEST)
    context = {"form": form, "found": found, "asked": form.is_bound and form.is_valid()}
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "privacy/find.html", context, status=status)


def person_asked_about(request: HttpRequest, pk: int | None) -> Person:
    """Return whom a page is about; that an administrator looked is logged."""
    if pk is None:
        return cast(Person, request.user)
    person = get_object_or_404(Person, pk=pk)
    reads.note(request, [person], action=ON_REQUEST)
    return person


def links(pk: int | None) -> dict[str, str]:
    """Return where the pages about a person are."""
    if pk is None:
        names = ("my_data", "my_json", "my_pdf", "my_page", "erase_me")
        keys: dict[str, int] = {}
    else:
        names = ("person", "person_json", "person_pdf", "person_page", "erase_person")
        keys = {"pk": pk}
    there = [reverse(f"privacy:{name}", kwargs=keys) for name in names]
    return dict(zip(("summary", "json", "pdf", "page", "erase"), there, strict=True))


def _pack(request: HttpRequest, pk: int | None) -> Pack:
    return make_pack(person=person_asked_about(request, pk), on_request=pk is not None)


def _printed(pack: Pack) -> dict[str, Any]:
    return {"pack": pack, "printed": list(pack.printed()), "not_in_it": NOT_IN_IT}


def _to_keep(response: R, pack: Pack, ending: str) -> R:
    day = timezone.localtime(pack.made_at).date().isoformat()
    # No name in it: files lie about.
    name = slugify(f"held on {pack.subject.person_id} {day}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return _unkept(response)


def _unkept(response: R) -> R:
    response["Cache-Control"] = "no-store, private"
    return response
