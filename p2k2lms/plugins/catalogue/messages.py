"""Says to an author what pydantic found in a YAML document."""

from collections.abc import Callable, Mapping
from typing import Any

from p2k2lms.core.faults import sentence
from p2k2lms.plugins.catalogue.yaml_source import describe

_WORDS: Mapping[str, Callable[[Mapping[str, Any], Any], str]] = {
    "missing": lambda about, value: "wajib diisi",
    "extra_forbidden": lambda about, value: "kunci tidak dikenal",
    "string_type": lambda about, value: f"harus teks, terbaca sebagai {describe(value)} (beri tanda kutip)",
    "string_too_short": lambda about, value: "tidak boleh kosong",
    "string_pattern_mismatch": lambda about, value: f"bentuk id tidak benar: {value}",
    "tuple_type": lambda about, value: f"harus daftar, terbaca sebagai {describe(value)}",
    "dict_type": lambda about, value: f"harus kelompok kunci, terbaca sebagai {describe(value)}",
    "model_type": lambda about, value: f"harus kelompok kunci, terbaca sebagai {describe(value)}",
}


def in_words(detail: Any) -> str:
    """The sentence for one entry of `ValidationError.errors()`; what YAML alone causes is said here."""
    about = detail.get("ctx", {})
    say = _WORDS.get(detail["type"])
    return say(about, detail.get("input")) if say else sentence(detail["type"], about, detail["msg"])
