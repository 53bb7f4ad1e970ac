"""Pages of this part."""

from django.urls import path

from fans.openness.pulse import views

app_name = "pulse"
urlpatterns = [
    path("homes/<int:home_id>/openness-by-month/", views.by_month, name="home"),
]
