"""Pages of this room."""

from django.urls import URLPattern, path

from fans.learning import views

app_name = "learning"
_TAKEN_OUT = ("plan", "talk", "action")
_REMOVING: list[URLPattern] = [
    path(f"plans/{kind}/<int:pk>/{word}/", view, {"kind": kind}, name=f"{name}_{kind}")
    for kind in _TAKEN_OUT
    for word, view, name in (
        ("remove", views.remove, "remove"),
        ("bring-back", views.bring_back, "bring_back"),
    )
]
_PAPER = "homes/<int:home_id>/plans/paper/<slug:topic>/<slug:group>"
urlpatterns = [
    path("homes/<int:home_id>/plans/", views.plans, name="plans"),
    path("homes/<int:home_id>/plans/new/", views.new, name="new"),
    path(f"{_PAPER}/", views.paper, name="paper"),
    path(f"{_PAPER}.pdf", views.paper_pdf, name="paper_pdf"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/edit/", views.edit, name="edit"),
    path("plans/<int:pk>/talk/<slug:group>/", views.talk, name="talk"),
    path("plans/<int:pk>/side-by-side/", views.compare, name="compare"),
    path("plans/<int:pk>/act/", views.act, name="act"),
    path("plans/<int:pk>/lay-by/", views.lay_by, name="lay_by"),
    path("plans/<int:pk>/go-on/", views.go_on, name="go_on"),
    path("plans/<int:pk>/print/", views.printed, name="printed"),
    path("plans/<int:pk>/print.pdf", views.printed_pdf, name="printed_pdf"),
    path("plans/talks/<int:pk>/", views.edit_talk, name="edit_talk"),
    path("plans/actions/<int:pk>/", views.action, name="action"),
    path("plans/actions/<int:pk>/move/", views.move, name="move"),
    path("plans/actions/<int:pk>/take-back/<slug:to>/", views.take_back, name="take_back"),
    path("plans/reviews/<int:pk>/", views.review, name="review"),
    path("plans/reviews/<int:pk>/back/", views.review_back, name="review_back"),
    *_REMOVING,
]
