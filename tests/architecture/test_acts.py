"""What can be done has words for the audit, each its own; no words stand for what nobody does."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from p2k2lms.core import acts
from p2k2lms.core.unit_of_work import unit_of_work
from p2k2lms.installed import INSTALLED
from tests.architecture.source import FILES, ROOT, name, tree

DECLARED = {"core": acts.OF_CORE} | {plugin.name: plugin.acts for plugin in INSTALLED}
WORDS = {act: words for declared in DECLARED.values() for act, words in declared.items()}
MODULE = ModuleType | SimpleNamespace


def meant(said: ast.expr, scope: Any) -> Any:
    """What a name, or a name of a module, stands for in a file; None for what only a running program knows."""
    match said:
        case ast.Name(name):
            return vars(scope).get(name)
        case ast.Attribute(ast.Name(module), name) if isinstance(inner := vars(scope).get(module), MODULE):
            return vars(inner).get(name)
    return None


def given(module: ast.Module, scope: Any) -> Iterator[ast.expr]:
    """What stands where a transaction is given its name, by `unit_of_work` itself or by what passes it on."""
    for call in ast.walk(module):
        opened = meant(call.func, scope) if isinstance(call, ast.Call) else None
        if hasattr(opened, "__wrapped__") and "use_case" in (takes := [*signature(opened).parameters]):
            yield from call.args[takes.index("use_case") :][:1]


def named(said: ast.expr, scope: Any) -> Iterator[str]:
    """The names that an expression may come to; LookupError for one that only a running program knows."""
    match said:
        case ast.Constant(str(act)):
            yield act
        case ast.IfExp():
            yield from (*named(said.body, scope), *named(said.orelse, scope))
        case ast.Name("use_case"):
            return  # passed on: its callers name it
        case ast.JoinedStr([ast.Constant("intake."), *_kind]):
            return  # what a phone sent goes by the title of its kind, which `test_agreements` asks for
        case _ if isinstance(act := meant(said, scope), str):
            yield act
        case _:
            raise LookupError(ast.unparse(said))


def done(file: Path) -> set[str]:
    """The use-cases that a file names."""
    scope = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {act for said in given(tree(file), scope) for act in named(said, scope)}


def test_each_act_has_words_and_no_words_are_left_over():
    found = {act: name(file) for file in FILES for act in done(file)}
    assert ({act: file for act, file in found.items() if act not in WORDS}, WORDS.keys() - found) == ({}, set())


def test_a_plugin_finds_words_for_its_own_acts_alone():
    strangers = [act for owner, declared in DECLARED.items() for act in declared if act.split(".")[0] != owner]
    assert strangers == []


def test_two_acts_are_not_called_the_same():
    said = [str(words) for words in WORDS.values()]
    assert {words for words in said if said.count(words) > 1} == set()


@contextmanager
def changing(actor: Any, use_case: str) -> Iterator[None]:
    """Stands for whatever passes a name on."""
    with unit_of_work(use_case, actor):
        yield


HERE = SimpleNamespace(
    unit_of_work=unit_of_work, NIGHTLY="trial.nightly", other=SimpleNamespace(OPEN="trial.open", changing=changing)
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('unit_of_work("trial.say", actor)', {"trial.say"}),
        ("unit_of_work(NIGHTLY)", {"trial.nightly"}),
        ('unit_of_work("trial.shut" if late else other.OPEN)', {"trial.shut", "trial.open"}),
        ('other.changing(actor, "trial.change")', {"trial.change"}),
        ('unit_of_work(f"intake.{kind}", actor)', set()),
        ("def changing(actor, use_case): return unit_of_work(use_case)", set()),
        ('somebody.changing(actor, "trial.change")', set()),
    ],
)
def test_an_act_is_found_however_it_is_named(line, found):
    assert {act for said in given(ast.parse(line), HERE) for act in named(said, HERE)} == found


@pytest.mark.parametrize("line", ['unit_of_work(f"trial.{verb}")', "unit_of_work(local)", 'unit_of_work("a" + verb)'])
def test_a_name_that_cannot_be_read_is_noticed(line):
    with pytest.raises(LookupError):
        list(named(next(given(ast.parse(line), HERE)), HERE))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("outcomes.create_release", "Bulan dibekukan"),  # the button says: Bekukan bulan terakhir
        ("outcomes.publish_release", "Angka diumumkan"),  # Umumkan
        ("fieldwork.acknowledge_reports", "Laporan bulanan diterima"),  # not of one meeting: Laporan P2K2 diterima
    ],
)
def test_the_audit_calls_an_act_as_its_page_does(act, words):
    assert {name: str(said) for plugin in INSTALLED for name, said in plugin.acts.items()}[act] == words
