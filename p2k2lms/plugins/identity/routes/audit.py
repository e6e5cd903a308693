"""Who changed what: the audit, as far as the officer's units reach."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from p2k2lms.core import audit as core_audit
from p2k2lms.plugins.identity import service
from p2k2lms.plugins.identity.permissions import READ_AUDIT
from p2k2lms.plugins.identity.routes.blueprint import pages
from p2k2lms.plugins.identity.wording import act_in_words
from p2k2lms.web.access import requires
from p2k2lms.web.login import current_actor

PAGE = 50


@pages.get("/kelola/audit")
@requires(READ_AUDIT)
def audit() -> ResponseReturnValue:
    before = request.args.get("sebelum", type=int)
    lines = core_audit.lines(current_actor().paths("admin"), before, PAGE + 1)
    names = service.people({line.actor_id for line in lines if line.actor_id is not None})
    later = lines[PAGE - 1].id if len(lines) > PAGE else None
    about = {"names": names, "later": later, "act_in_words": act_in_words}
    return render_template("identity/audit.html", lines=lines[:PAGE], **about)
