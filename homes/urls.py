"""Pages of this room."""

from django.urls import path

from homes import views

app_name = "homes"
urlpatterns = [
    path("homes/", views.home_list, name="list"),
    path("homes/questions/", views.questions, name="questions"),
]
