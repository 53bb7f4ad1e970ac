"""Pages of this part."""

from django.urls import path

from fans.connections.prints.views import certificate, of_home

app_name = "prints"
urlpatterns = [
    path("homes/<int:pk>/welcome/", of_home.welcome, name="welcome"),
    path("homes/<int:pk>/welcome.pdf", of_home.welcome, {"pdf": True}, name="welcome_pdf"),
    path("homes/<int:pk>/poster/", of_home.poster, name="poster"),
    path("volunteers/<int:pk>/certificate/", certificate.certificate, name="certificate"),
    path("volunteer/me/certificate/", certificate.my_certificate, name="my_certificate"),
    path("ties/<int:pk>/thank-you/", of_home.thank_you, name="thanks"),
    path("thanks/<int:pk>/card/", of_home.own_thanks, name="own_thanks"),
]
