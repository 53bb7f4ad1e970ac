"""The councils' numbers, as an operator puts them in."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.db import models

from fans.people.safeguarding.models import Contact

if TYPE_CHECKING:  # generic in the stubs alone
    ContactBase = admin.ModelAdmin[Contact]
else:
    ContactBase = admin.ModelAdmin


@admin.register(Contact)
class ContactAdmin(ContactBase):
    """One row a council; the list shows which were checked longest ago."""

    list_display = ("council", "area", "phone", "phone_out_of_hours", "checked_on")
    list_filter = ("checked_on",)
    search_fields = ("council", "area__name")
    raw_id_fields = ("area",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("council", "area", "phone", "phone_out_of_hours", "web", "checked_on")
