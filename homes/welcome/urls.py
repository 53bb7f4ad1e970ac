"""Pages of this part."""

from django.urls import path

from homes.welcome import views

app_name = "welcome"
urlpatterns = [path("homes/<int:pk>/welcome/edit/", views.edit, name="edit")]
