"""Every address of the house. A fund's pages live under /f/<code>/; each desk has its own urls.py."""
from django.urls import include, path

from ombun.web.front import front
from ombun.web.phones import certificate, trust
from ombun.web.style import style

urlpatterns = [
    path("", front, name="front"),
    path("sign-in/", include("ombun.web.sign_in")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("trust/", trust, name="trust"),
    path("trust/ombun.crt", certificate, name="trust_certificate"),
    path("style/", style, name="style"),
    path("start/", include("ombun.web.first_start.urls")),
    path("", include("ombun.web.public.urls")),
    path("f/<slug:fund>/", include("ombun.web.treasurer.urls")),
    path("f/<slug:fund>/collect/", include("ombun.web.collect.urls")),
    path("f/<slug:fund>/register/", include("ombun.web.registrar.urls")),
    path("f/<slug:fund>/committee/", include("ombun.web.committee.urls")),
    path("f/<slug:fund>/me/", include("ombun.web.member.urls")),
    path("province/<int:province>/", include("ombun.web.network.urls")),
]
handler500 = "ombun.web.errors.server_error"
