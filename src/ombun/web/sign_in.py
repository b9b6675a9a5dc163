"""Signing in and out, and a new password: allauth behind our own pages and words. No other address of allauth is open:
nobody makes a login for themselves, and a forgotten password is set anew at the machine."""
from typing import Any

from allauth.account import views
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from ombun.access import passwords
from ombun.access.door import open_to_all
from ombun.primitives.refusals import Refusal

_FIELDS = {"login": _("ชื่อผู้ใช้"), "password": _("รหัสผ่าน"), "oldpassword": _("รหัสผ่านเดิม"),
           "password1": _("รหัสผ่านใหม่"), "password2": _("รหัสผ่านใหม่อีกครั้ง")}
_SAID_BY_ALLAUTH = {
    "username_password_mismatch": "web.wrong_password", "too_many_login_attempts": "web.too_many_attempts",
    "enter_current_password": "web.old_password_wrong"}


class SignIn(views.LoginView):  # type: ignore[misc]
    """The door for people who have a login."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """The same page with what was typed, and why it does not open."""
        return _again(self, form, username=form.data.get("login", ""))


class NewPassword(views.PasswordChangeView):  # type: ignore[misc]
    """A new password for whoever is signed in."""

    def get_default_success_url(self) -> str:
        """Afterwards, the own desk."""
        return "/"

    def form_invalid(self, form: Form) -> HttpResponse:
        """The same page, and every reason against the new password."""
        return _again(self, form, username=self.request.user.get_username())


def _again(view: Any, form: Form, *, username: str) -> HttpResponse:
    reasons = {(r.code, r.about): r for r in (
        _reason(field, error, username) for field, errors in form.errors.as_data().items() for error in errors)}
    answer: HttpResponse = view.render_to_response(view.get_context_data(
        form=form, typed={"login": form.data.get("login", "")}, refusals=list(reasons.values())))
    answer.status_code = 422
    return answer


def _reason(field: str, error: ValidationError, username: str) -> Refusal:
    if error.code == "required":
        return Refusal(code="web.missing", about=field, facts={"field": _FIELDS[field]})
    if error.code in _SAID_BY_ALLAUTH:
        return Refusal(code=_SAID_BY_ALLAUTH[error.code], about=field)
    if field == "password1":
        return passwords.refusal(error=error, about=field, username=username)
    if field == "password2":
        return Refusal(code="web.passwords_differ", about=field)
    return Refusal(code="web.wrong_password", about=field)


@open_to_all("GET")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who sets a forgotten password anew, and how."""
    return render(request, "account/forgotten.html")


_form = open_to_all("GET", "POST")
urlpatterns = [
    path("login/", _form(SignIn.as_view()), name="account_login"),
    path("logout/", _form(views.logout), name="account_logout"),
    path("password/change/", _form(NewPassword.as_view()), name="account_change_password"),
    path("password/forgotten/", forgotten, name="account_reset_password"),
    path("inactive/", open_to_all("GET")(views.account_inactive), name="account_inactive"),
]
