"""Addresses of this desk."""
from django.urls import URLPattern

app_name = "treasurer"
urlpatterns: list[URLPattern] = []
