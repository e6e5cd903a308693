"""Instruments of evaluation as the files give them: read, and refused with the place of each fault."""

from collections.abc import Mapping
from pathlib import Path

from p2k2lms.core.errors import Fault, Invalid
from p2k2lms.plugins.catalogue import files
from p2k2lms.plugins.catalogue.reading import read_instrument
from p2k2lms.plugins.catalogue.values.instrument import InstrumentDef


def shipped_instruments(manifests: Path) -> dict[str, InstrumentDef]:
    """The instruments beside the manifests, by code; raises Invalid with a fault for each wrong key."""
    return instruments_of(files.instruments(manifests))


def instruments_of(texts: Mapping[str, str]) -> dict[str, InstrumentDef]:
    """The same from texts by path, `courses/instruments/<code>.yaml`."""
    read = {path: read_instrument(path, text) for path, text in texts.items()}
    faults = [Fault(f"{fault.file}:{fault.line}", fault.message) for _, found in read.values() for fault in found]
    if faults:
        raise Invalid(faults[0].message, faults[0].field, faults)
    return {value.code: value for value, _ in read.values() if value is not None}
