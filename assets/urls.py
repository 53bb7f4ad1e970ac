"""Pages of this room."""

from django.urls import path

from assets import adding, views
from assets.outbox.views import Photos, Places

app_name = "assets"
urlpatterns = [
    path("places/add/", adding.add, name="add"),
    path("places/alike/", adding.alike_places, name="alike"),
    path("places/near/", adding.near, name="near"),
    path("places/outbox/", Places.as_view(), name="outbox"),
    path("places/outbox/photo/", Photos.as_view(), name="outbox_photo"),
    path("places/<int:pk>/edit/", views.edit, name="edit"),
]
