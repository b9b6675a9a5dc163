"""Addresses of this desk."""
from django.urls import URLPattern

app_name = "web_network"
urlpatterns: list[URLPattern] = []
