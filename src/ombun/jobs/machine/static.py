"""How style sheets, icons and fonts are stored: under names that change with their content, so browsers keep them."""
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Static(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise with gzip alone: brotli costs half a minute at set-up for few bytes less."""

    def create_compressor(self, **options: Any) -> Compressor:
        """Leave brotli out."""
        return super().create_compressor(**options | {"use_brotli": False})
