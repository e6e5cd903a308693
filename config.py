"""All settings in one frozen object; the only file that reads the environment."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Settings:
    """How this installation runs; docs/operate.md explains each, and a test holds it to that."""

    SECRET_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    SEAL_KEYS: str = field(default="", repr=False)
    INDEX_KEY: str = field(default="", repr=False)
    ENV: str = "local"
    HOST: str = "127.0.0.1"
    PORT: int = 8000
    WORKERS: int = 2
    THREADS: int = 4
    MAX_REQUESTS: int = 2000
    JOB_WAIT_SECONDS: int = 2
    DEMO_PUBLIC: bool = False
    PUBLIC_URL: str = ""
    REDIS_URL: str = ""
    MAIL_URL: str = ""
    MAIL_FROM: str = "Langkah P2K2 <tanpa-balasan@p2k2lms.invalid>"
    LOG: str = ""
    METRICS_TOKEN: str = field(default="", repr=False)
    LEAST_FREE_MB: int = 500
    SIGN_DIR: str = ""
    SIGNER: str = ""
    BACKUP_DIR: str = ""
    BACKUP_KEEP: str = "7,4,6"
    INSTANCE_DIR: Path = HERE / "instance"
    TEMPLATES_DIR: Path = HERE / "templates"
    COURSES_DIR: Path = HERE / "courses"
    CONTENT_DIR: Path = HERE / "modules_content"
    MIGRATIONS_DIR: Path = HERE / "migrations"
    PLUGINS: tuple[str, ...] | None = None
    SQLALCHEMY_ENGINE_OPTIONS: dict[str, Any] = field(default_factory=dict)
    MAX_CONTENT_LENGTH: int = 2 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 2 * 1024 * 1024
    TRUSTED_PROXIES: int = 0
    WTF_CSRF_ENABLED: bool = True
    TESTING: bool = False


def from_environment() -> Settings:
    """The settings of a running installation; without any variable, the embedded database of `make run`."""
    instance = Path(os.environ.get("P2K2_INSTANCE", HERE / "instance")).resolve()
    with suppress(OSError):  # where it cannot be made, what needs no database still answers
        instance.mkdir(parents=True, exist_ok=True)
    env = os.environ.get("P2K2_ENV", "local")
    return Settings(
        SECRET_KEY=os.environ.get("P2K2_SECRET_KEY") or _kept_secret(instance / "secret_key"),
        SQLALCHEMY_DATABASE_URI=os.environ.get("DATABASE_URL", f"sqlite:///{instance}/p2k2.db"),
        SEAL_KEYS=os.environ.get("P2K2_SEAL_KEYS") or _kept_secret(instance / "seal_keys", "k1:"),
        INDEX_KEY=os.environ.get("P2K2_INDEX_KEY") or _kept_secret(instance / "index_key"),
        ENV=env,
        HOST=os.environ.get("HOST", "127.0.0.1"),
        PORT=int(os.environ.get("PORT", "8000")),
        WORKERS=int(os.environ.get("P2K2_WORKERS", "2")),
        THREADS=int(os.environ.get("P2K2_THREADS", "4")),
        MAX_REQUESTS=int(os.environ.get("P2K2_MAX_REQUESTS", "2000")),
        JOB_WAIT_SECONDS=int(os.environ.get("P2K2_JOB_WAIT_SECONDS", "2")),
        DEMO_PUBLIC=os.environ.get("DEMO_PUBLIC", "") == "1",
        PUBLIC_URL=os.environ.get("PUBLIC_URL", "").rstrip("/"),
        REDIS_URL=os.environ.get("REDIS_URL", ""),
        MAIL_URL=os.environ.get("MAIL_URL", ""),
        MAIL_FROM=os.environ.get("MAIL_FROM", Settings.MAIL_FROM),
        LOG=os.environ.get("P2K2_LOG", "json" if env == "production" else ""),
        METRICS_TOKEN=os.environ.get("P2K2_METRICS_TOKEN", ""),
        LEAST_FREE_MB=int(os.environ.get("P2K2_LEAST_FREE_MB", "500")),
        SIGN_DIR=os.environ.get("P2K2_SIGN_DIR", str(instance / "signing")),
        SIGNER=os.environ.get("P2K2_SIGNER", ""),
        BACKUP_DIR=os.environ.get("P2K2_BACKUP_DIR", str(instance / "backups") if env == "production" else ""),
        BACKUP_KEEP=os.environ.get("P2K2_BACKUP_KEEP", Settings.BACKUP_KEEP),
        INSTANCE_DIR=instance,
        TRUSTED_PROXIES=int(os.environ.get("P2K2_TRUSTED_PROXIES", "0")),
    )


def for_tests(instance: Path, uri: str, **changes: Any) -> Settings:
    """Settings of one test: its own folder, its own database, nothing from the environment."""
    plain = Settings(
        SECRET_KEY="only-for-tests",
        SEAL_KEYS=f"k1:{'5e' * 32}",
        INDEX_KEY="1d" * 32,
        SQLALCHEMY_DATABASE_URI=uri,
        INSTANCE_DIR=instance,
        TESTING=True,
    )
    return replace(plain, **changes)


def _kept_secret(path: Path, before: str = "") -> str:
    """A secret of this installation, made at its first start and readable by its owner alone; never half written.

    Empty where nothing can be kept: then no database is born or served.
    """
    try:
        if not path.exists():
            _make_secret(path, before + secrets.token_hex(32))
        return path.read_text("ascii").strip()
    except OSError:
        return ""


def _make_secret(path: Path, secret: str) -> None:
    made = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secret)
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
