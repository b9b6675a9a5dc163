"""Which password opens a desk: the demo's, which everybody knows, opens the demo alone, and is set nowhere else."""
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ombun.primitives.refusals import Refusal

OF_THE_DEMO = "onebahtaday"


class NotTheDemos:
    """A new password outside the demo is not the demo's, in whatever letters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError."""
        if password.strip().lower() == OF_THE_DEMO and not settings.OMBUN_IS_DEMO:
            raise ValidationError(OF_THE_DEMO, code="of_the_demo")

    def get_help_text(self) -> str:
        """Nothing: nobody needs to be told before."""
        return ""


def is_acceptable(*, password: str, username: str) -> bool:
    """Whether a password may be a login's new one."""
    try:
        validate_password(password, User(username=username))
    except ValidationError:
        return False
    return True


def refusal(*, error: ValidationError, about: str, username: str) -> Refusal:
    """Why a password cannot be a login's new one."""
    if any(one.code == "of_the_demo" for one in error.error_list):
        return Refusal(code="access.password_of_the_demo", about=about)
    return Refusal(code="access.password_too_weak", about=about, facts={"username": username})


class SigningIn(AuthenticationBackend):  # type: ignore[misc]
    """Signing in by name and password."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Whose login this is; the password of the demo is a wrong one everywhere else."""
        if credentials.get("password") == OF_THE_DEMO and not settings.OMBUN_IS_DEMO:
            return None
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found
