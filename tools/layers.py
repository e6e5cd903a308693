"""Where the time of a test run goes: prints seconds by layer at its end, beside what each may take."""

import re
from collections import Counter
from collections.abc import Iterable

# Seconds of a whole run on two cores with nothing else to do; the first pattern that fits a file names its layer.
LAYERS = {
    "journeys": (240, r"tests/journeys/"),
    "architecture and content": (30, r"tests/(architecture|content|bench)/"),
    "rules": (30, r"tests/stats/|/test_\w*rules\.py"),
    "pages": (120, r"tests/(web|access|hardening)/|/test_\w*(routes|pages)\.py"),
    "services and intake": (150, r"tests/(core|plugins)/"),
}


def layer_of(file: str) -> str:
    """The layer that a test file belongs to."""
    for name, (_seconds, pattern) in LAYERS.items():
        if re.search(pattern, file):
            return name
    raise LookupError(f"{file} is in no layer: name its place in tools/layers.py")


def table(took: Iterable[tuple[str, float]], processes: int) -> list[str]:
    """One line for each layer that ran: its share of the run's time, what all its tests took, and what is too much.

    It says so and stops nothing: seconds are those of the machine, and of what else it does.
    """
    spent: Counter[str] = Counter()
    for nodeid, seconds in took:
        spent[layer_of(nodeid.partition("::")[0])] += seconds  # type: ignore[assignment]
    return [
        f"{name:<25} {spent[name] / processes:5.0f} s of {seconds:3}, {spent[name]:5.0f} s in all its tests"
        f"{_over(spent[name] / processes - seconds)}"
        for name, (seconds, _pattern) in LAYERS.items()
        if name in spent
    ]


def _over(seconds: float) -> str:
    return f", {seconds:.0f} s TOO MUCH" if seconds >= 1 else ""


def pytest_terminal_summary(terminalreporter, config) -> None:
    """Add up what each phase of each test took, whichever process it ran in."""
    reports = [r for kept in terminalreporter.stats.values() for r in kept if hasattr(r, "duration")]
    processes = config.getoption("numprocesses", None) or 1
    terminalreporter.section(f"seconds by layer, {processes} at once")
    for line in table(((r.nodeid, r.duration) for r in reports), processes):
        terminalreporter.write_line(line)
