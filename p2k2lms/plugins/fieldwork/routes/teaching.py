"""The Buku Langkah, one big card after the other; the whole state travels in the address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from p2k2lms.core import clock
from p2k2lms.plugins.fieldwork import service
from p2k2lms.plugins.fieldwork.permissions import READ_GROUP
from p2k2lms.plugins.fieldwork.routes.blueprint import GROUP, pages
from p2k2lms.plugins.fieldwork.rules import teaching
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor


def now_at(zone: str) -> datetime:
    """The clock on the wall where the group meets."""
    return clock.now().astimezone(ZoneInfo(zone))


@pages.get(f"{GROUP}/ajar/<sesi>")
@requires(READ_GROUP)
def teach(group_id: int, sesi: str) -> ResponseReturnValue:
    """One langkah at a time, then the hands, then the report."""
    lesson = service.lesson(current_actor(), group_id, sesi)
    if not lesson.cards:
        return redirect(url_for("fieldwork.report", group_id=group_id, sesi=sesi), 302)
    now = now_at(lesson.group.zone)
    state = teaching.state_of(request.args, len(lesson.cards), now)

    def link(number: int) -> str:
        query: Mapping[str, Any] = teaching.at(state, number).query
        return url_for("fieldwork.teach", group_id=group_id, sesi=sesi, **query)

    page = "closing" if state.over else "teach"
    passed = teaching.minutes_since(state.began, now)
    return render_template(f"fieldwork/{page}.html", lesson=lesson, state=state, link=link, passed=passed)
