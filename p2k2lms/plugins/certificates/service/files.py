"""Is this file a certificate of ours, byte for byte? For everybody, about a file of which nothing is believed."""

import hashlib
import logging
from dataclasses import dataclass

from p2k2lms.core.errors import Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.certificates import inspecting, keys, queries
from p2k2lms.plugins.certificates.values import PublicFacts

log = logging.getLogger(__name__)
MOST_BYTES = 3 * 1024 * 1024
HEAD = b"%PDF-"


@dataclass(frozen=True)
class FileVerdict:
    """What is known of a file: one of the words of `inspecting`, and of a known document what its code would tell."""

    word: str
    facts: PublicFacts | None = None


def must_be_pdf(data: bytes) -> None:
    """Invalid for what is no PDF, or too large: said at once, and cheaply."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("Berkas paling besar %(n)s MB.", n=MOST_BYTES // 1024**2), "file")
    if not data.startswith(HEAD):
        raise Invalid(_("Ini bukan berkas PDF. Pilih berkas sertifikat yang Anda terima."), "file")


def check_file(data: bytes) -> FileVerdict:
    """The very bytes that left here are known by their hash; of others the signature is asked. Keeps nothing."""
    must_be_pdf(data)
    code = queries.code_of_drawing(hashlib.sha256(data).hexdigest())
    if code is not None:
        return FileVerdict(inspecting.WHOLE, queries.public(code))
    word = inspecting.inspect(data, keys.trusted())
    log.info("a file was checked: %s", word)
    return FileVerdict(word)
