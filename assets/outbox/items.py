"""A place as a phone sends it: read strictly, and saved once however often it comes."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib.gis.geos import Point
from django.utils.crypto import salted_hmac

from assets import services
from assets.forms import PlaceForm
from assets.models import Asset

FACTS: Final = ("name", "category", "lon", "lat", "postcode", "wheelchair", "description")
"""What a walk-round notes. Nobody's name: what lies on a phone is about places alone."""

KNOWN: Final = {"id", "not_same", *FACTS}
_SAME_PLACE_DEGREES: Final = 1e-5
"""A metre or so: a form writes six decimals."""


class WalkForm(PlaceForm):
    """A new place of a walk-round; its own id lets it be sent twice and arrive once."""

    client_uuid = forms.UUIDField(label="This place")


def person_key(person: Any) -> str:
    """Return what marks a person's places on their phone; it tells nothing about them."""
    return salted_hmac("assets.outbox", str(person.pk), algorithm="sha256").hexdigest()[:32]


def form_of(sent: dict[str, Any]) -> WalkForm:
    """Return the form for a new place, filled as the phone says.

    What it leaves out is as in an empty form.
    """
    form = WalkForm()
    typed = {
        name: _as_typed(form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    }
    typed |= {name: _as_typed(sent[name]) for name in FACTS if name in sent}
    return WalkForm({**typed, "client_uuid": _as_typed(sent.get("id", ""))})


def sent_before(*, by: Any, client_uuid: UUID) -> Asset | None:
    """Return the place that this person has sent under this id, if it has arrived."""
    return Asset.objects.filter(client_uuid=client_uuid, created_by=by).first()


def save(*, by: Any, form: WalkForm) -> Asset:
    """Add the place of a valid form, as ``services.add_asset`` does."""
    client_uuid = form.cleaned_data["client_uuid"]
    return services.add_asset(by=by, client_uuid=client_uuid, **form.details())


def differences(asset: Asset, form: WalkForm) -> list[str]:
    """Return the labels of what the form says otherwise than the place that arrived.

    The answer to the first sending may be lost, and the place be corrected on the phone.
    """
    said: dict[str, Any] = {**form.details()}
    names = [name for name in FACTS if name in said and said[name] != getattr(asset, name)]
    labels = [str(form.fields[name].label) for name in names]
    return labels if _same_place(asset.location, said.get("location")) else [*labels, "Where"]


def _same_place(one: Point | None, other: Point | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one.equals_exact(other, _SAME_PLACE_DEGREES))


def _as_typed(value: Any) -> str:
    """Return a value as a form sends it; a list or an object is none."""
    if callable(value):
        value = value()
    return str(value) if isinstance(value, str | int | float | UUID) else ""
