"""What permissions are called, and whom the plugins agreed to give those that others build on."""

import re
from collections.abc import Iterable

import pytest

from p2k2lms.core.access import ANYONE, Permission, permission
from p2k2lms.core.plugin import Plugin
from p2k2lms.installed import INSTALLED
from p2k2lms.plugins.identity.values import ROLES

VERBS = ("read", "list", "create", "change", "approve", "decide", "export", "import", "run", "revoke")
NAME = re.compile(rf"(?P<plugin>[a-z]+)\.(?:{'|'.join(VERBS)})(?:_[a-z]+)+")
CORE = {"core.read_audit": "identity"}  # the audit is core's, which declares nothing itself
AGREED = {  # by name: the roles; ANYONE is who is signed in, over what the scope takes for one's own
    "delivery.read_card": ANYONE,
    "assessment.create_attempt": ANYONE,
    "progress.list_people": "widyaiswara panitia supervisor koordinator admin",
    "assessment.read_answers": "widyaiswara",  # of a class; one's own come with `create_attempt`
    "enrolment.change_angkatan": "widyaiswara panitia admin",
    "progress.decide_completion": "widyaiswara",
    "progress.decide_equivalence": "widyaiswara",
    "coaching.create_observation": f"{ANYONE} supervisor widyaiswara",  # a self-rating; whom one coaches
    "coaching.change_assignment": "supervisor koordinator",
    "fieldwork.create_meeting": f"{ANYONE} pendamping supervisor koordinator",  # who holds the group; a leader in scope
    "fieldwork.approve_report": "supervisor koordinator dinsos",
    "fieldwork.read_contact": "supervisor koordinator",  # of whom the checkers are drawn
    "evaluation.read_replies": "evaluator",  # of a wave; one's own come with `list_assignments`
    "outcomes.read_indicator": ANYONE,
    "outcomes.run_plan": "evaluator",
    "outcomes.create_release": "evaluator",
    "catalogue.change_document": "widyaiswara",
    "catalogue.approve_document": "widyaiswara",
    "certificates.read_certificate": f"{ANYONE} widyaiswara panitia",
    "certificates.revoke_certificate": "widyaiswara",
    "identity.import_people": "admin",
    "identity.create_reset_code": "supervisor admin",
    "core.read_audit": "admin",
}


def misnamed(plugins: Iterable[Plugin]) -> list[str]:
    """The permissions that are not called `<plugin>.<verb>_<noun>`, by their own plugin and with a verb of the list."""
    return [
        given.name
        for plugin in plugins
        for given in plugin.permissions
        if not (said := NAME.fullmatch(given.name)) or CORE.get(given.name, said["plugin"]) != plugin.name
    ]


def otherwise(plugins: Iterable[Plugin]) -> dict[str, str]:
    """The agreed permissions that nobody declares, or that are given to other roles than was agreed, and to which."""
    given = {one.name: one.roles for plugin in plugins for one in plugin.permissions}
    return {
        name: " ".join(sorted(given.get(name, ()))) or "nobody"
        for name, roles in AGREED.items()
        if given.get(name) != frozenset(roles.split())
    }


def test_a_permission_says_its_plugin_a_verb_and_what_it_is_about():
    assert misnamed(INSTALLED) == []


def test_what_was_agreed_is_given_to_the_roles_that_were_agreed():
    assert otherwise(INSTALLED) == {}


def test_a_permission_is_given_to_roles_that_exist():
    declared = {role for plugin in INSTALLED for given in plugin.permissions for role in given.roles}
    assert declared - {ANYONE, *ROLES} == set()


@pytest.mark.parametrize("name", ["fieldwork.visit_field", "fieldwork.read", "forum.read_thread", "core.read_journal"])
def test_a_name_outside_the_grammar_or_of_somebody_else_is_noticed(name):
    assert misnamed([Plugin(name="fieldwork", permissions=(permission(name, (ANYONE, bool)),))]) == [name]


def test_a_role_too_many_and_a_permission_that_is_missing_are_noticed():
    wide = permission("core.read_audit", ("admin evaluator", bool))
    rest: tuple[Permission, ...] = tuple(p for plugin in INSTALLED for p in plugin.permissions)
    told = tuple(p for p in rest if p.name not in ("core.read_audit", "outcomes.run_plan"))
    found = otherwise([Plugin(name="all", permissions=(*told, wide))])
    assert found == {"core.read_audit": "admin evaluator", "outcomes.run_plan": "nobody"}
