"""Pages of this part."""

from django.urls import path

from fans.openness.waves import views

app_name = "waves"
urlpatterns = [
    path("homes/<int:home_id>/waves/", views.home_waves, name="home"),
    path("homes/<int:home_id>/baseline/", views.baseline, name="baseline"),
    path("homes/<int:home_id>/went-on/", views.note, name="note"),
    path("went-on/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("waves/<int:pk>/", views.wave, name="wave"),
    path("waves/<int:pk>/open/", views.open_now, name="open"),
    path("waves/<int:pk>/close/", views.close, name="close"),
    path("waves/<int:pk>/undo-close/", views.undo_close, name="undo_close"),
    path("waves/<int:pk>/days/", views.move, name="move"),
    path("waves/<int:pk>/remind/", views.remind, name="remind"),
    path("waves/<int:pk>/look-back/", views.look_back, name="look_back"),
]
