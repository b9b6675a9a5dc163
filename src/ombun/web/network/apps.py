from django.apps import AppConfig


class NetworkDesk(AppConfig):
    """The room `network` has the short name already."""

    name = "ombun.web.network"
    label = "web_network"
