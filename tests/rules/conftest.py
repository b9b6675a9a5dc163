"""Examples found by hypothesis are judged by what they give, not by how busy the machine is."""
from hypothesis import settings

settings.register_profile("ombun", deadline=None)
settings.load_profile("ombun")
