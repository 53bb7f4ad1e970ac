"""Pages of this part."""

from django.urls import path

from fans.openness.replies import views

app_name = "replies"
urlpatterns = [
    path("pictures/", views.shared, name="shared"),
    path("waves/<int:pk>/reply/", views.reply, name="reply"),
    path("waves/<int:pk>/evidence/", views.evidence, name="evidence"),
    path("waves/<int:pk>/who-sees/", views.share, name="share"),
    path("waves/<int:pk>/page/", views.page, name="page"),
    path("waves/<int:pk>/page.pdf", views.page_pdf, name="page_pdf"),
    path("replies/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("replies/<int:pk>/put-back/", views.put_back, name="put_back"),
    path("evidence/<int:pk>/take-off/", views.unlink, name="unlink"),
    path("evidence/<int:pk>/put-back/", views.relink, name="relink"),
]
