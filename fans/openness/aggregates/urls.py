"""Pages of this part."""

from django.urls import path

from fans.openness.aggregates import views

app_name = "aggregates"
urlpatterns = [
    path("areas/openness/", views.area, name="area"),
    path("areas/openness.csv", views.area_csv, name="area_csv"),
]
