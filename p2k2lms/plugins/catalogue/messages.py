"""Says to an author what pydantic found in a YAML document."""

from collections.abc import Callable, Mapping
from typing import Any

from p2k2lms.core.faults import sentence
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue.yaml_source import describe


def _group_needed(about: Mapping[str, Any], value: Any) -> str:
    return _("harus kelompok kunci, terbaca sebagai %(what)s", what=describe(value))


_WORDS: Mapping[str, Callable[[Mapping[str, Any], Any], str]] = {
    "missing": lambda about, value: _("wajib diisi"),
    "extra_forbidden": lambda about, value: _("kunci tidak dikenal"),
    "string_type": lambda about, value: _(
        "harus teks, terbaca sebagai %(what)s (beri tanda kutip)", what=describe(value)
    ),
    "string_too_short": lambda about, value: _("tidak boleh kosong"),
    "string_pattern_mismatch": lambda about, value: _("bentuk id tidak benar: %(value)s", value=value),
    "tuple_type": lambda about, value: _("harus daftar, terbaca sebagai %(what)s", what=describe(value)),
    "dict_type": _group_needed,
    "model_type": _group_needed,
}


def in_words(detail: Any) -> str:
    """The sentence for one entry of `ValidationError.errors()`; what YAML alone causes is said here."""
    about = detail.get("ctx", {})
    say = _WORDS.get(detail["type"])
    return say(about, detail.get("input")) if say else sentence(detail["type"], about, detail["msg"])
