"""Pages of this room."""

from django.urls import path

from fans.research import views

app_name = "research"
urlpatterns = [
    path("research/", views.studies, name="studies"),
    path("research/<int:pk>/extract/", views.extract, name="extract"),
]
