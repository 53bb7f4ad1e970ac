"""What a home offers its neighbours, and whom visitors ask for: said by the home itself."""

from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from homes.errors import HomesError
from homes.forms import OfferForm, WelcomeForm
from homes.models import Home, HomeAsset
from homes.offering import list_offer, put_back_offer, set_welcome, show_offer, withdraw_offer

ACTION: Final = "homes.edit"
UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change what a home offers; ``do`` says which form was sent."""
    home = get_object_or_404(Home, pk=pk)
    user: Any = request.user
    if not user.has_perm(ACTION, home):
        raise Http404("Your roles do not reach this home.")
    offer_form, welcome_form = OfferForm(), _welcome_form(home)
    problem, status = "", 200
    if request.method == "POST":
        do, status = request.POST.get("do", ""), UNPROCESSABLE
        offer_form = OfferForm(request.POST) if do == "add" else offer_form
        welcome_form = WelcomeForm(request.POST) if do == "welcome" else welcome_form
        forms: dict[str, Form] = {"add": offer_form, "welcome": welcome_form}
        sent = forms.get(do)
        try:
            if sent is None or sent.is_valid():
                messages.success(request, _done(request, home, do, sent))
                return redirect("homes:offers", pk=home.pk)
        except HomesError as error:
            problem, status = str(error), 409
    context = {
        "home": home,
        "offers": home.home_assets.listed(),
        "withdrawn": home.home_assets.filter(withdrawn_on=timezone.localdate()),
        "offer_form": offer_form,
        "welcome_form": welcome_form,
        "problem": problem,
    }
    return render(request, "homes/offers.html", context, status=status)


def _welcome_form(home: Home) -> WelcomeForm:
    return WelcomeForm(initial={"role": home.welcome_role, "phone": home.phone})


def _done(request: HttpRequest, home: Home, do: str, form: Form | None) -> str:
    """Do what was asked for, and say so."""
    if form is None:
        return _change(request, home, do)
    return _add(home, form) if do == "add" else _welcome(home, form)


def _add(home: Home, form: Form) -> str:
    offer = list_offer(home=home, **form.cleaned_data)
    return f"{offer.get_kind_display()} is listed."


def _welcome(home: Home, form: Form) -> str:
    set_welcome(home=home, **form.cleaned_data)
    return "Saved: this is what visitors see."


def _change(request: HttpRequest, home: Home, do: str) -> str:
    number = request.POST.get("offer", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    offer = get_object_or_404(HomeAsset, pk=int(number) if known else 0, home=home)
    name = str(offer)
    if do == "withdraw":
        withdraw_offer(offer=offer)
        return f"{name} is withdrawn. You can put it back until the end of today."
    if do == "put_back":
        put_back_offer(offer=offer)
        return f"{name} is listed again."
    if do in {"show", "hide"}:
        show_offer(offer=offer, is_public=do == "show")
        return f"{name}: {'everybody' if do == 'show' else 'only your team'} sees it now."
    raise HomesError("We could not tell what to do. Please try again.")
