"""Addresses of this desk."""
from django.urls import path

from ombun.web.network import views

app_name = "web_network"
urlpatterns = [path("", views.province, name="province")]
