"""A place's own people keep its entry right: facts, offers and asks."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assets import services
from assets.checking.standing import due_facts
from assets.errors import AssetError
from assets.models import Asset
from fans.people.models import Person
from fans.people.partners.forms import GivesAndAsksForm
from fans.people.partners.reports import places_of
from fans.people.partners.shown import facts_shown

BAD = 400


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the places that one keeps right; straight to the only one."""
    places = list(places_of(cast(Person, request.user).pk))
    if len(places) == 1:
        return redirect("partners:keep", places[0].pk)
    today = timezone.localdate()
    rows = [(asset, len(due_facts(asset, today))) for asset in places]
    return render(request, "partners/mine.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what we say of one's own place; ``do`` confirms it, or saves offers and asks."""
    person = cast(Person, request.user)
    asset = get_object_or_404(Asset, pk=pk)
    if not places_of(person.pk).filter(pk=pk).exists():
        raise Http404("No such place of yours.")
    form = GivesAndAsksForm(instance=asset)
    if request.method == "POST" and request.POST.get("do") == "right":
        _confirm(request, asset)
        return redirect("partners:keep", asset.pk)
    if request.method == "POST":
        form = GivesAndAsksForm(request.POST, instance=Asset.objects.get(pk=pk))
        if form.is_valid() and _saved(request, form, asset, person):
            return redirect("partners:keep", asset.pk)
    today = timezone.localdate()
    context = {
        "asset": asset,
        "form": form,
        "lines": facts_shown(asset),
        "due": due_facts(asset, today),
        "seen_at": asset.updated_at.isoformat(),
    }
    return render(request, "partners/keep.html", context, status=BAD if form.errors else 200)


def _confirm(request: HttpRequest, asset: Asset) -> None:
    """Note every fact shown as right, if nothing changed since the page was opened."""
    if request.POST.get("seen_at") != asset.updated_at.isoformat():
        messages.error(request, "Somebody has changed this since you opened it. Look again.")
        return
    facts = [one.fact for one in facts_shown(asset)]
    # Said as by mail: it is the place itself that says so, whoever of them pressed.
    services.partner_confirmed(asset=asset, facts=facts, checked_on=timezone.localdate())
    messages.success(request, "Thank you. All of it is noted as right today.")


def _saved(request: HttpRequest, form: GivesAndAsksForm, asset: Asset, person: Person) -> bool:
    try:
        seen_at = dt.datetime.fromisoformat(request.POST.get("seen_at", ""))
        services.edit_asset(by=person, asset=asset, seen_at=seen_at, **form.details())
    except ValueError:
        form.add_error(None, "Something went wrong on our side. Please send it once more.")
    except ValidationError as error:
        form.add_error(None, error)
    except AssetError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "Saved. Homes nearby see it at once.")
        return True
    return False
