"""Pages of this part of the room."""

from django.urls import path

from fans.people.volunteers.views import (
    adult,
    checks,
    hours,
    lead,
    own,
    role_pages,
    sign_up,
    steps,
)

app_name = "volunteers"
urlpatterns = [
    path("volunteer/", sign_up.sign_up, name="sign_up"),
    path("volunteer/sent/", sign_up.sent, name="sent"),
    path("volunteer/link/", sign_up.confirm, name="confirm"),
    path("volunteer/link/<str:token>/", sign_up.open_offer, name="open_offer"),
    path("volunteer/adult/", adult.adult, name="adult"),
    path("volunteer/adult/<str:token>/", adult.open_adult, name="open_adult"),
    path("volunteer/new-link/", adult.adult_link, name="adult_link"),
    path("volunteer/me/", own.me, name="me"),
    path("volunteer/me/change/", own.change, name="change"),
    path("volunteer/me/rest/", own.rest, name="rest"),
    path("volunteer/me/back/", own.come_back, name="come_back"),
    path("volunteer/me/here/", own.still_here, name="still_here"),
    path("volunteer/me/leave/", own.leave, name="leave"),
    path("volunteer/me/adult/", own.ask_adult, name="ask_adult"),
    path("volunteer/me/hours/", hours.hours, name="hours"),
    path("volunteer/me/hours/<int:pk>/undo/", hours.undo, name="undo_hours"),
    path("volunteer/roles/", role_pages.roles, name="roles"),
    path("volunteer/roles/<slug:slug>/", role_pages.role, name="role"),
    path("volunteers/", lead.listing, name="list"),
    path("volunteers/<int:pk>/", lead.volunteer, name="volunteer"),
    path("volunteers/<int:pk>/move/", steps.move, name="move"),
    path("volunteers/<int:pk>/heard/", steps.heard, name="heard"),
    path("volunteers/<int:pk>/role/", steps.choose_role, name="choose_role"),
    path("volunteers/<int:pk>/references/", steps.ask_reference, name="ask_reference"),
    path(
        "volunteers/<int:pk>/references/<int:reference>/",
        steps.take_reference,
        name="take_reference",
    ),
    path("volunteers/<int:pk>/start/", steps.tick, name="tick"),
    path("volunteers/<int:pk>/alone/", steps.alone, name="alone"),
    path("volunteers/<int:pk>/check/", checks.check, name="check"),
    path("volunteers/<int:pk>/check/<int:vetting>/", checks.decide, name="decide"),
]
