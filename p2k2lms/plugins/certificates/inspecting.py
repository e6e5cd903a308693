"""Looks into a PDF that a stranger uploaded, in a process of its own with little time and memory.

`python -m p2k2lms.plugins.certificates.inspecting` reads a list of trusted certificates and the document from its
standard input, and prints one word. Whatever a hostile file does, it does there, and is ended.
"""

import io
import json
import resource
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

SECONDS, MEMORY = 8, 768 * 1024 * 1024
WHOLE, CHANGED, STRANGE, UNSIGNED, BROKEN = "utuh", "diubah", "asing", "tanpa", "rusak"
WORDS = {WHOLE, CHANGED, STRANGE, UNSIGNED, BROKEN}


def inspect(pdf: bytes, trusted: Sequence[bytes]) -> str:
    """What the signature says: whole, changed since, of a stranger, none, or the file cannot be read."""
    asked = json.dumps({"trusted": [b64encode(one).decode() for one in trusted]}).encode() + b"\n" + pdf
    command = [sys.executable, "-m", "p2k2lms.plugins.certificates.inspecting"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=2 * SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return BROKEN
    said = done.stdout.decode("ascii", "replace").strip()
    return said if said in WORDS else BROKEN


def judge(pdf: bytes, trusted: Sequence[bytes]) -> str:
    """The same, in this process: only for a child that may be killed."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    except Exception:  # whatever goes wrong in a stranger's file, it cannot be read
        return BROKEN
    if not signatures:
        return UNSIGNED
    try:
        return _verdict(signatures[-1], trusted)
    except Exception:  # a signature that cannot be read proves nothing, whatever is wrong with it
        return CHANGED


def _verdict(signature: Any, trusted: Sequence[bytes]) -> str:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    if signature.signer_cert.dump() not in trusted:
        return STRANGE
    roots = [Certificate.load(one) for one in trusted]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=signature.self_reported_timestamp)
    status = validate_pdf_signature(signature, context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and _fills_its_place(signature)
    return WHOLE if status.intact and status.valid and whole else CHANGED


def _fills_its_place(signature: Any) -> bool:
    """The place of a signature is wider than what it needs, and no signature covers it: the rest must be zeros."""
    from asn1crypto.parser import parse

    held = bytes(signature.pkcs7_content)
    _class, _method, _tag, head, body, tail = parse(held, strict=False)
    return not any(held[len(head) + len(body) + len(tail) :])


def main() -> None:
    """The child: bound itself first, then read."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.loads(sys.stdin.buffer.readline())
    print(judge(sys.stdin.buffer.read(), [b64decode(one) for one in asked["trusted"]]))


if __name__ == "__main__":
    main()
