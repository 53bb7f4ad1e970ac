"""Pages of this room."""

from django.urls import path

from fans.people import views

app_name = "people"
urlpatterns = [
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.outbox_mail, name="outbox_mail"),
    path("who-may-do-what/", views.who_may_do_what, name="table"),
]
