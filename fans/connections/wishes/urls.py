"""Pages of this part."""

from django.urls import path

from fans.connections.wishes import views

app_name = "wishes"
urlpatterns = [
    path("homes/<int:home_id>/wishes/", views.board, name="board"),
    path("homes/<int:home_id>/wishes/new/", views.peg, name="peg"),
    path("homes/<int:home_id>/thanks/", views.thank, name="thank"),
    path("wishes/around/", views.locality, name="locality"),
    path("wishes/<int:pk>/", views.wish, name="wish"),
    path("wishes/<int:pk>/edit/", views.edit, name="edit"),
    path("wishes/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("wishes/<int:pk>/granted/", views.grant, name="grant"),
    path("wishes/<int:pk>/let-go/", views.let_go, name="let_go"),
    path("wishes/<int:pk>/again/", views.reopen, name="reopen"),
    path("thanks/<int:pk>/given/", views.given, name="given"),
    path("thanks/<int:pk>/not-given/", views.not_given, name="not_given"),
    path("thanks/<int:pk>/tear-up/", views.tear_up, name="tear_up"),
]
