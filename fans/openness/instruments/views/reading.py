"""Read a version in full, take it away as JSON, lay two side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.openness.instruments.canonical import instrument_as_text
from fans.openness.instruments.comparing import compare
from fans.openness.instruments.reports import other_texts, sides_of, versions
from fans.openness.instruments.texts import languages_of, texts_of
from fans.openness.instruments.views.access import may_read_drafts, version_for


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the versions there are, and which one new waves take."""
    context = {
        "versions": versions(with_drafts=may_read_drafts(request)),
        "may_edit": request.user.has_perm("openness.edit_instruments"),
    }
    return render(request, "instruments/list.html", context)


@require_safe
def read_version(request: HttpRequest, version: str) -> HttpResponse:
    """Show one version in full: ``?words=`` easy or cy puts its questions in other words."""
    found = version_for(request, version)
    languages = languages_of(found.instrument)
    asked = request.GET.get("words", "en")
    language = asked if asked in languages else "en"
    context = {
        "version": found,
        "sides": sides_of(found.instrument, texts_of(found.instrument, language)),
        "texts": texts_of(found.instrument, language),
        "languages": languages,
        "others": [
            each.name
            for each in versions(with_drafts=may_read_drafts(request))
            if each.name != found.name
        ],
        "may_edit": request.user.has_perm("openness.edit_instruments"),
    }
    return render(
        request, "instruments/version.html", context, status=200 if asked in languages else 400
    )


@require_safe
def export(request: HttpRequest, version: str) -> HttpResponse:
    """Hand out one version as JSON: the same version gives the same bytes."""
    found = version_for(request, version)
    response = HttpResponse(
        instrument_as_text(found.instrument), content_type="application/json"
    )
    response["Content-Disposition"] = f'attachment; filename="openness-{found.name}.json"'
    return response


@require_safe
def compare_versions(request: HttpRequest) -> HttpResponse:
    """Lay ``?new=`` beside ``?old=``: what changed, in words."""
    known = {each.name: each for each in versions(with_drafts=may_read_drafts(request))}
    old, new = (known.get(request.GET.get(key, "")) for key in ("old", "new"))
    context: dict[str, Any] = {"versions": known.values(), "old": old, "new": new}
    if old and new:
        context["parts"] = compare(
            old.instrument,
            new.instrument,
            other_texts(old.instrument),
            other_texts(new.instrument),
        )
    unknown = any(request.GET.get(key, "") not in ("", *known) for key in ("old", "new"))
    return render(request, "instruments/compare.html", context, status=404 if unknown else 200)
