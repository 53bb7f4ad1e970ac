"""Pages of this room."""

from django.urls import path

from homes import views
from homes.views import changes, offers

app_name = "homes"
urlpatterns = [
    path("homes/", views.home_list, name="list"),
    path("homes/questions/", views.questions, name="questions"),
    path("homes/changes/", changes.register_changes, name="changes"),
    path("homes/<int:pk>/offers/", offers.offers, name="offers"),
]
