"""Pages of this part."""

from django.urls import path

from fans.openness.board import views

app_name = "board"
urlpatterns = [
    path("cohorts/", views.cohort_list, name="list"),
    path("cohorts/new/", views.make, name="make"),
    path("cohorts/<int:pk>/board/", views.board, name="cohort"),
    path("cohorts/<int:pk>/name/", views.rename, name="rename"),
    path("cohorts/<int:pk>/homes/", views.homes, name="homes"),
    path("cohorts/<int:pk>/homes/add/", views.enrol, name="enrol"),
    path("enrolments/<int:pk>/", views.enrolment, name="enrolment"),
    path("enrolments/<int:pk>/end/", views.end, name="end"),
    path("enrolments/<int:pk>/go-on/", views.go_on, name="go_on"),
    path("enrolments/<int:pk>/take-out/", views.take_out, name="take_out"),
    path("enrolments/<int:pk>/research/", views.agree, name="agree"),
    path("enrolments/<int:pk>/research/take-back/", views.not_agree, name="not_agree"),
]
