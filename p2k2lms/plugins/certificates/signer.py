"""The electronic signature (PAdES) of a drawn certificate; with `inspecting.py` the only file that knows pyHanko.

Whoever signs elsewhere, such as BSrE, is named by the setting SIGNER, `package.module:function`: a function that takes
the bytes of a PDF and returns them signed. Its certificate goes into the trusted ones (`certificates trust FILE`).
"""

import io
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

from flask import current_app

from p2k2lms.core import nature
from p2k2lms.plugins.certificates import keys

FIELD = "P2K2"


def sign(pdf: bytes) -> bytes:
    """The same document, signed by today's key; as it came where this installation has none.

    A demo makes itself a key at the first certificate; a real installation waits until somebody puts one in place.
    """
    if named := str(current_app.config["SIGNER"]):
        return _elsewhere(named)(pdf)
    held = keys.in_use()
    if held is None and keys.folder() is not None and nature.is_demo():
        keys.new_key("Contoh P2K2, bukan tanda tangan resmi")
        held = keys.in_use()
    return pdf if held is None else _signed(pdf, *held)


def _elsewhere(named: str) -> Callable[[bytes], bytes]:
    module, _colon, function = named.partition(":")
    found: Callable[[bytes], bytes] = getattr(import_module(module), function)
    return found


def _signed(pdf: bytes, p12: bytes, password: bytes) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    how = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    made: Any = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), how, signer=_signer(p12, password))
    return bytes(made.getvalue())


@lru_cache(maxsize=2)
def _signer(p12: bytes, password: bytes) -> Any:
    from pyhanko.sign import signers

    return signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=password)
