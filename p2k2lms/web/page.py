"""What every page can ask for: its menu, its panels, who is looking, and what the phone should say."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_request_context, request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from p2k2lms.core import clock, i18n, nature
from p2k2lms.core.access import VISITOR, Actor, has_role
from p2k2lms.core.i18n import _
from p2k2lms.core.plugin import MenuItem, Plugin
from p2k2lms.core.submissions import IN_WORDS
from p2k2lms.web import icons, language
from p2k2lms.web.login import current_actor, current_zone

PRODUCT = "Langkah P2K2"
MOST_TABS = 4


def install(app: Flask, plugins: Sequence[Plugin]) -> None:
    """Give the templates `menu()`, `panels(place, ...)`, `actor` and the words of the frame."""
    items = sorted((item for p in plugins for item in p.menu), key=lambda item: item.order)
    fillers: dict[str, list[Callable[..., Any]]] = {}
    for plugin in plugins:
        for place, filler in plugin.panels.items():
            fillers.setdefault(place, []).append(filler)

    def menu(tabs: bool) -> list[MenuItem]:
        return navigation([item for item in items if has_role(looking(), item.permission)], tabs)

    def panels(place: str, **about: Any) -> Markup:
        return Markup("").join(Markup(filler(**about)) for filler in fillers.get(place, ()))

    app.extensions["panels"], app.extensions["menu"] = fillers, menu
    icons.install(app)
    app.jinja_env.globals.update(menu=menu, panels=panels, product=PRODUCT, is_here=is_here, demo_band=demo_band)
    app.jinja_env.globals.update(language=i18n.language, languages=lambda: language.NAMES, outbox_words=outbox_words)
    app.jinja_env.globals.update(look=language.look, looks=lambda: language.LOOKS, this_page=language.this_page)
    app.jinja_env.filters.update(day=i18n.long_date, moment=moment, when=when, weekday=i18n.weekday)
    app.jinja_env.filters.update(month=i18n.month, num=i18n.number)
    app.context_processor(lambda: {"actor": looking()})


def navigation(allowed: Sequence[MenuItem], tabs: bool) -> list[MenuItem]:
    """What stands in the bar below (`tabs`), four at most where spare ones make room, or in the list of Saya."""
    bar = [item for item in allowed if item.tab]
    if len(bar) > MOST_TABS:
        bar = [item for item in bar if not item.spare]
    return bar if tabs else [item for item in allowed if item not in bar]


def reading_zone() -> str:
    """The clock of whoever reads this page; that of the centre where nobody does, or not even that can be asked."""
    return current_zone() if has_request_context() and not g.get("bare") else clock.HOME


def moment(instant: datetime, zone: str = "") -> str:
    """An instant in words, on the clock of a place or of its reader: 21 November 2026, 10.42 WITA."""
    return i18n.moment(instant, zone or reading_zone())


def when(instant: datetime, within: bool = False) -> str:
    """An instant as its reader says it: Hari ini 10.42 WITA, Kemarin 20.15 WITA, else the day and the clock.

    `within` a sentence today and yesterday begin with a small letter.
    """
    zone = reading_zone()
    days = (clock.today(zone) - clock.on_day(instant, zone)).days
    if days not in (0, 1):
        return i18n.moment(instant, zone)
    day = _("Kemarin") if days else _("Hari ini")
    day = day[0].lower() + day[1:] if within else day
    return f"{day} {instant.astimezone(ZoneInfo(zone)):%H.%M %Z}"


def looking() -> Actor:
    """Who looks at this page; nobody where a command makes it, or when not even that can be asked any more."""
    return current_actor() if has_request_context() and not g.get("bare") else VISITOR


def is_here(item: MenuItem, here: str | None) -> bool:
    """True for the tab that this page belongs to: the one it names, else its plugin's."""
    if here:
        return item.endpoint == here
    return item.endpoint.partition(".")[0] == request.blueprint


def demo_band() -> bool:
    """True where a demo is open to the public: then every page says so."""
    if not current_app.config["DEMO_PUBLIC"]:
        return False
    if "demo" not in current_app.extensions:
        born = nature.is_demo()
        if born is None:
            return False
        current_app.extensions["demo"] = born  # said once at birth, so asked once
    return bool(current_app.extensions["demo"])


def outbox_words() -> Markup:
    """What outbox.js says, as JSON in the language of the page; %s is filled on the phone."""
    spoken = i18n.language()
    if spoken not in _said:
        _said[spoken] = htmlsafe_json_dumps(_words())
    return _said[spoken]


_said: dict[str, Markup] = {}  # eleven texts on every page: translated once for each language


def _words() -> dict[str, str]:
    return {
        "kept": _("Tersimpan di HP"),
        "sent": _("Terkirim %s"),
        "waiting": _("%s menunggu"),
        "signal": _("menunggu sinyal"),
        "offline": _("Luring"),
        "mend": _("Perlu diperbaiki"),
        "held": _("Ditahan petugas"),
        "full": _("Penyimpanan HP penuh, belum tersimpan. Hapus foto atau unduhan lama, lalu tekan lagi."),
        "signin": _("Masuk lagi untuk mengirim"),
        **{code: str(text) for code, text in IN_WORDS.items()},
    }
