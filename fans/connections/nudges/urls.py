"""Pages of this part."""

from django.urls import path

from fans.connections.nudges import views

app_name = "nudges"
urlpatterns = [
    path("work-list/", views.work, name="work"),
    path("work-list/aside/", views.put_aside, name="put_aside"),
    path("work-list/aside/<int:pk>/back/", views.back, name="back"),
    path("account/reminders/", views.wanted, name="wanted"),
]
