"""Pages of this part of the room; those of the outbox are among the room's own."""

from django.urls import path

from fans.people.post.views import account, events, stopping

app_name = "post"
urlpatterns = [
    path("account/mail/", account.wanted, name="wanted"),
    path("mail/stop/<str:token>/", stopping.stop, name="stop"),
    path("mail/events/", events.events, name="events"),
]
