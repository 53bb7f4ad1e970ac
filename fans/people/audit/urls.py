"""Pages of this part of the room."""

from django.urls import path

from fans.people.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/changes/", views.changes, name="changes"),
    path("audit/reads/", views.looks, name="reads"),
]
