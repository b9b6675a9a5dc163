"""Addresses of this desk."""
from django.urls import path

from ombun.web.member.views import claims, passbook, transfer

app_name = "member"
urlpatterns = [
    path("", passbook.home, name="home"),
    path("passbook.pdf", passbook.printed, name="passbook"),
    path("transfer/", transfer.transfer, name="transfer"),
    path("everything/", passbook.everything, name="everything"),
    path("claims/", claims.claims, name="claims"),
    path("claims/file/<slug:benefit>/", claims.file, name="file"),
    path("claims/<uuid:claim_id>/", claims.claim, name="claim"),
]
