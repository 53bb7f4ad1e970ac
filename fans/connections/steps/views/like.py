"""Step 2: who would we like to know? From wishes and what is near to a shortlist."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.connections.candidates import candidate_of
from fans.connections.errors import ConnectionsError
from fans.connections.gaps.suggesting import Suggestion, suggestions_for
from fans.connections.models import Partnership
from fans.connections.steps.models import Pick
from fans.connections.steps.progress import progress_of, wanted_ties
from fans.connections.steps.services import pick, take_off
from fans.connections.steps.views.start import LOG
from fans.connections.views.access import home_for, person_of
from fans.connections.wishes.models import Wish
from fans.connections.wishes.tags import TAGS, Tag
from homes.models import Home

MOST_SUGGESTED = 12


@dataclass(frozen=True)
class Theme:
    """What open wishes are about, and how many are."""

    tag: Tag
    wishes_count: int


@dataclass(frozen=True)
class Wanted:
    """Somebody on the shortlist, and what made the home think of them."""

    tie: Partnership
    themes: list[str]
    can_come_off: bool


@require_safe
def like(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show what people wish, who near the home could help, and the shortlist."""
    home = home_for(request, home_id, LOG)
    themes = themes_of(home)
    context = {
        "home": home,
        "progress": progress_of(home),
        "step": "like",
        "themes": themes,
        "suggested": _suggested(home, themes),
        "wanted": wanted_of(home),
    }
    return render(request, "steps/like.html", context)


def themes_of(home: Home) -> list[Theme]:
    """Return what a home's open wishes are about, what most are about first."""
    tags = [
        tag
        for tags in Wish.objects.open().of_home(home).values_list("tags", flat=True)
        for tag in tags
        if tag in TAGS
    ]
    themes = [Theme(TAGS[slug], tags.count(slug)) for slug in dict.fromkeys(tags)]
    return sorted(themes, key=lambda theme: (-theme.wishes_count, theme.tag.label))


def _suggested(home: Home, themes: list[Theme]) -> list[tuple[Suggestion, list[Tag]]]:
    """Return the places that fit best, each with the wished themes that its kind fits."""
    found = suggestions_for(home, today=timezone.localdate(), most=MOST_SUGGESTED).shown
    return [
        (each, [t.tag for t in themes if each.place.category in t.tag.categories])
        for each in found
    ]


def wanted_of(home: Home) -> list[Wanted]:
    """Return a home's shortlist, the latest first."""
    ties = wanted_ties(home).select_related("partner__asset").order_by("-pk")
    picks = {row.partnership_id: row for row in Pick.objects.filter(partnership__in=ties)}
    return [
        Wanted(tie, _labels(picks.get(tie.pk)), can_come_off=tie.pk in picks) for tie in ties
    ]


def _labels(row: Pick | None) -> list[str]:
    return [TAGS[slug].label for slug in row.themes if slug in TAGS] if row else []


@require_POST
def pick_one(request: HttpRequest, home_id: int) -> HttpResponse:
    """Put the place or tie that ``who`` names on the shortlist."""
    home = home_for(request, home_id, LOG)
    person = person_of(request)
    who = candidate_of(request.POST.get("who", ""), home=home, person=person)
    if who is None:
        raise Http404("There is nobody of that number to know.")
    try:
        row = pick(by=person, home=home, who=who, themes=request.POST.getlist("theme"))
    except ConnectionsError as refusal:
        messages.error(request, str(refusal))
        return redirect("steps:like", home_id=home.pk)
    undo_url = reverse("steps:unpick", args=[home.pk, row.partnership_id])
    words = f"{row.partnership.partner} is on your shortlist."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("steps:like", home_id=home.pk)


@require_POST
def unpick(request: HttpRequest, home_id: int, pk: int) -> HttpResponse:
    """Take somebody off the shortlist."""
    home = home_for(request, home_id, LOG)
    tie = get_object_or_404(home.partnerships.select_related("partner__asset"), pk=pk)
    name = str(tie.partner)
    take_off(partnership=tie, by=person_of(request))
    messages.success(request, f"{name} is off your shortlist.")
    return redirect("steps:like", home_id=home.pk)
