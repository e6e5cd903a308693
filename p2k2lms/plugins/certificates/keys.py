"""The signing keys of this installation: one in use, and the certificates of all that ever were.

They lie in a folder (setting SIGN_DIR) beside the database and in no backup of it. `key.p12` signs, under
the password in `key.password`; `trusted/*.pem` says whose signatures are ours, so that old ones verify after a change.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from flask import current_app

from p2k2lms.core import clock
from p2k2lms.core.errors import Conflict
from p2k2lms.core.i18n import _

KEY, PASSWORD, TRUSTED = "key.p12", "key.password", "trusted"
LIFE = timedelta(days=5 * 365)


def folder() -> Path | None:
    """Where the keys are; None where this installation does not sign."""
    said = str(current_app.config["SIGN_DIR"])
    return Path(said) if said else None


def in_use() -> tuple[bytes, bytes] | None:
    """The PKCS#12 file that signs and its password; None when there is none."""
    where = folder()
    if where is None or not (where / KEY).exists():
        return None
    password = where / PASSWORD
    return (where / KEY).read_bytes(), password.read_bytes().strip() if password.exists() else b""


def trusted() -> list[bytes]:
    """The certificates (DER) whose signatures are ours, of today's key and of earlier ones."""
    where = folder()
    files = sorted((where / TRUSTED).glob("*.pem")) if where else []
    return [cert.public_bytes(Encoding.DER) for file in files for cert in read_pem(file.read_bytes())]


def read_pem(data: bytes) -> list[x509.Certificate]:
    """The certificates in a PEM file; Conflict if it holds none."""
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError:
        raise Conflict(_("Berkas ini bukan sertifikat PEM.")) from None


def new_key(name: str) -> Path:
    """Make a self-signed key and use it from now on; the one before is kept beside it and stays trusted."""
    key, cert = _self_signed(name)
    password = secrets.token_urlsafe(24).encode()
    lock = BestAvailableEncryption(password)
    return use(pkcs12.serialize_key_and_certificates(b"p2k2", key, cert, None, lock), password)


def use(p12: bytes, password: bytes) -> Path:
    """Sign with this key from now on; Conflict if the password does not open it. Returns the trusted certificate."""
    where = _needed()
    try:
        _key, cert, _others = pkcs12.load_key_and_certificates(p12, password)
    except ValueError:
        cert = None
    if cert is None:
        raise Conflict(_("Kata sandi tidak membuka kunci ini, atau berkas ini bukan PKCS#12."))
    kept = _trust(where, cert)
    if (where / KEY).exists():
        before = f"{clock.now():%Y%m%d-%H%M%S}"
        for name in (KEY, PASSWORD):
            if (where / name).exists():
                (where / name).rename(where / f"{before}.{name}")
    _put(where / PASSWORD, password)
    _put(where / KEY, p12)
    return kept


def trust(pem: bytes) -> Path:
    """Say that signatures of this certificate are ours; returns where it is kept."""
    where = _needed()
    return next(_trust(where, cert) for cert in read_pem(pem))


def _trust(where: Path, cert: x509.Certificate) -> Path:
    (where / TRUSTED).mkdir(parents=True, exist_ok=True, mode=0o700)
    path = where / TRUSTED / f"{cert.fingerprint(hashes.SHA256()).hex()[:16]}.pem"
    _put(path, cert.public_bytes(Encoding.PEM))
    return path


def _needed() -> Path:
    where = folder()
    if where is None:
        raise Conflict(_("Folder kunci tanda tangan belum disetel: P2K2_SIGN_DIR."))
    return where


def _self_signed(name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + LIFE)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    only_signs = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
    )
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, decipher_only=False, **only_signs)
    return key, made.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def _put(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
