"""Says in Indonesian what pydantic found."""

from collections.abc import Callable, Mapping
from typing import Any

from p2k2lms.plugins.catalogue.yaml_source import describe

Context = Mapping[str, Any]

_WORDS: dict[str, Callable[[Context, Any], str]] = {
    "missing": lambda c, v: "wajib diisi",
    "extra_forbidden": lambda c, v: "kunci tidak dikenal",
    "string_type": lambda c, v: f"harus teks, terbaca sebagai {describe(v)} (beri tanda kutip)",
    "string_too_short": lambda c, v: "tidak boleh kosong",
    "string_too_long": lambda c, v: f"paling panjang {c['max_length']} huruf",
    "string_pattern_mismatch": lambda c, v: f"bentuk tidak benar: {v}",
    "int_type": lambda c, v: f"harus bilangan bulat, terbaca sebagai {describe(v)}",
    "int_parsing": lambda c, v: "harus bilangan bulat",
    "int_from_float": lambda c, v: "harus bilangan bulat",
    "bool_type": lambda c, v: "harus true atau false",
    "bool_parsing": lambda c, v: "harus true atau false",
    "tuple_type": lambda c, v: f"harus daftar, terbaca sebagai {describe(v)}",
    "dict_type": lambda c, v: f"harus kelompok kunci, terbaca sebagai {describe(v)}",
    "model_type": lambda c, v: f"harus kelompok kunci, terbaca sebagai {describe(v)}",
    "literal_error": lambda c, v: f"harus salah satu dari {c['expected'].replace(' or ', ', ')}",
    "too_short": lambda c, v: f"paling sedikit {c['min_length']} isi",
    "too_long": lambda c, v: f"paling banyak {c['max_length']} isi",
    "greater_than_equal": lambda c, v: f"paling kecil {c['ge']}",
    "less_than_equal": lambda c, v: f"paling besar {c['le']}",
    "value_error": lambda c, v: str(c["error"]),
}


def in_words(detail: Any) -> str:
    """The sentence for one entry of `ValidationError.errors()`."""
    say = _WORDS.get(detail["type"])
    return say(detail.get("ctx", {}), detail.get("input")) if say else str(detail["msg"])
