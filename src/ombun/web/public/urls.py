"""Addresses of this desk. Codes on papers are in capitals, because that makes the smallest picture."""
from django.urls import path

from ombun.web.public import views

app_name = "public"
urlpatterns = [
    path("check/", views.ask, name="ask"),
    path("CHECK/<str:text>", views.check, name="check_printed"),
    path("check/<str:text>", views.check, name="check"),
]
