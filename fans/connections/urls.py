"""Pages of this room."""

from django.urls import path

from fans.connections import views

app_name = "connections"
urlpatterns = [
    path("homes/<int:home_id>/log/", views.log, name="log"),
    path("homes/<int:home_id>/connections/", views.rows, name="rows"),
    path("homes/<int:home_id>/tally/", views.tally, name="tally"),
    path("homes/<int:home_id>/someone-new/", views.newcomer, name="newcomer"),
    path("connections/ties/<int:partnership_id>/take-back/", views.take_back, name="take_back"),
    path("connections/closed-homes/", views.closed_homes, name="closed_homes"),
    path("connections/<int:connection_id>/undo/", views.undo, name="undo"),
]
