"""Pages of this part of the room."""

from django.urls import path

from fans.people.consent import views

app_name = "consent"
urlpatterns = [
    path("account/consents/", views.mine, name="mine"),
    path("account/consents/<slug:purpose>/agree/", views.agree, name="agree"),
    path("account/consents/<slug:purpose>/take-back/", views.take_back, name="take_back"),
    path("account/consents/<int:pk>/restore/", views.restore, name="restore"),
    path("people/<int:pk>/consents/", views.of_person, name="of_person"),
]
