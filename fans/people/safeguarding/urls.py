"""Pages of this part of the room."""

from django.urls import path

from fans.people.safeguarding import views

app_name = "safeguarding"
urlpatterns = [path("worried/", views.worried, name="worried")]
