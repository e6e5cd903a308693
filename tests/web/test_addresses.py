"""Addresses are written as Werkzeug's own rules write them, though ours learn it late."""

from werkzeug.routing import AnyConverter, Map, Rule

from p2k2lms.web.platform import Address


def some_value(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    return min(converter.items) if isinstance(converter, AnyConverter) else 7


def test_every_rule_writes_the_address_that_the_rule_of_the_library_writes(app):
    ours = list(app.url_map.iter_rules())
    plain = [Rule(one.rule, endpoint=one.endpoint, defaults=one.defaults) for one in ours]
    Map(plain, converters=app.url_map.converters)
    for one, theirs in zip(ours, plain, strict=True):
        values = {name: some_value(one, name) for name in one.arguments - set(one.defaults or ())}
        for unknown in (True, False):
            assert one.build({**values, "lagi": "a b&c"}, unknown) == theirs.build({**values, "lagi": "a b&c"}, unknown)
    assert {type(one) for one in ours} == {Address}
    assert len(ours) > 300
