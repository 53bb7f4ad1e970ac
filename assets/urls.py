"""Pages of this room."""

from django.urls import path

from assets import views

app_name = "assets"
urlpatterns = [
    path("places/add/", views.add, name="add"),
    path("places/<int:pk>/edit/", views.edit, name="edit"),
]
