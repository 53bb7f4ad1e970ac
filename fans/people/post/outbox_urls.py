"""The pages of the outbox; the room includes them among its own, under its name."""

from django.urls import path

from fans.people.post.views import outbox

urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("<int:pk>/", outbox.outbox_mail, name="outbox_mail"),
]
