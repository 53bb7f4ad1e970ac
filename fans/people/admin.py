"""Accounts and roles in the admin site: how an operator lets people in."""

from typing import TYPE_CHECKING, Any

from allauth.account import admin as _addresses  # noqa: F401 (registers what is undone here)
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _second_steps  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as _sessions  # noqa: F401
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from fans.people import services
from fans.people.models import Membership, Person
from fans.people.signals import people_shown
from fans.people.typed import FOUND_BY, asked_for, keep

if TYPE_CHECKING:  # generic in the stubs alone
    InlineBase = admin.TabularInline[Membership, Person]
    PersonBase = admin.ModelAdmin[Person]
else:
    InlineBase, PersonBase = admin.TabularInline, admin.ModelAdmin

# Groups grant nothing here: what somebody may do follows from their roles.
admin.site.unregister(Group)
# Secrets of second steps, keys of sessions and confirmed addresses: nobody reads or sets
# those of others, and no look at them would be noted.
admin.site.unregister([Authenticator, EmailAddress, UserSession])


class MembershipInline(InlineBase):
    """The roles of one person, each for its scope and time."""

    model = Membership
    fk_name = "person"
    fields = ("role", "home", "cohort", "area", "asset", "from_on", "until", "ended_at")
    readonly_fields = ("ended_at",)
    extra = 0
    raw_id_fields = ("home", "asset")


class PeopleList(ChangeList):
    """The list, whose links hold the random word in the place of what was typed."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        word = request.GET.get(FOUND_BY)
        request.GET = asked_for(request, SEARCH_VAR)  # type: ignore[assignment]
        super().__init__(request, *args, **kwargs)
        self.params.pop(SEARCH_VAR, None)
        if self.filter_params.pop(SEARCH_VAR, None) and word:
            self.params[FOUND_BY] = word
            self.filter_params[FOUND_BY] = [word]


@admin.register(Person)
class PersonAdmin(PersonBase):
    """People; they sign in by a code to their address, or choose a password by a link."""

    list_display = ("__str__", "email", "is_active")
    search_fields = ("name", "email")
    fields = ("email", "name", "is_active")
    inlines = (MembershipInline,)
    preserve_filters = False  # they would carry what was typed on to the next page

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Search for people without their names in the address."""
        return PeopleList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List people, and tell whom; what is searched for comes by POST."""
        if request.method == "POST" and SEARCH_VAR in request.POST:
            return keep(request, SEARCH_VAR)
        response = super().changelist_view(request, extra_context)
        listed = (getattr(response, "context_data", None) or {}).get("cl")
        if listed:
            _note_shown(request, listed.result_list)
        return response

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Person | None:
        """Find whom a page is about, and tell that they are shown."""
        person = super().get_object(request, object_id, from_field)
        if person:
            _note_shown(request, [person])
        return person

    def save_model(
        self, request: HttpRequest, obj: Person, form: "ModelForm[Person]", change: bool
    ) -> None:
        """Save; a new account's address counts as confirmed, and the demo's stay the demo's."""
        if not change:
            obj.set_unusable_password()
            obj.is_demo = getattr(request.user, "is_demo", False)
        obj.email = (obj.email or "").strip().lower() or None
        super().save_model(request, obj, form, change)
        services.confirm_address(person=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: accounts are closed (not active); erasing somebody has its own way."""
        return False


def _note_shown(request: HttpRequest, people: Any) -> None:
    people_shown.send(PersonAdmin, request=request, rows=people, action="site.administer")
