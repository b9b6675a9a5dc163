"""Which password opens a desk: the demo's, which everybody knows, opens the demo alone."""
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

OF_THE_DEMO = "onebahtaday"


class SigningIn(AuthenticationBackend):  # type: ignore[misc]
    """Signing in by name and password."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Whose login this is; the password of the demo is a wrong one everywhere else."""
        if credentials.get("password") == OF_THE_DEMO and not settings.OMBUN_IS_DEMO:
            return None
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found
