"""Prints finished HTML as PDF; the only file that knows WeasyPrint.

The library is loaded with the first document, so that a web process starts fast. One font
configuration serves the whole process and no picture cache is kept: both would grow with every
document. Printing is one at a time, for it is pure computing and the library shares its fonts.
"""

import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any

NOISY = ("weasyprint", "fontTools")
_one_at_a_time = threading.Lock()


def pdf(html: str, stylesheet: Path) -> bytes:
    """The HTML as PDF under this style sheet, reaching for nothing outside itself."""
    with _one_at_a_time:
        return _press(stylesheet).print(html)


class _Press:
    """The library with its fonts and one style sheet, once per process."""

    def __init__(self, stylesheet: Path) -> None:
        library, fonts = _library()
        self._library, self._fonts = library, fonts
        self._sealed = library.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        text = stylesheet.read_text("utf-8")
        self._style = library.CSS(string=text, font_config=fonts, url_fetcher=self._sealed)

    def print(self, html: str) -> bytes:
        """The PDF of one document."""
        whole = self._library.HTML(string=html, url_fetcher=self._sealed)
        made: bytes = whole.write_pdf(stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/ua-1")
        return made


@cache
def _library() -> tuple[Any, Any]:
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    return weasyprint, FontConfiguration()


@cache
def _press(stylesheet: Path) -> _Press:
    return _Press(stylesheet)
