"""Pages of what was published, for anybody: the months, and one of them."""

from flask import render_template

from p2k2lms.core import indicators
from p2k2lms.plugins.outcomes import link_words, service
from p2k2lms.plugins.outcomes.routes.blueprint import MOST, pages
from p2k2lms.plugins.outcomes.rules.public import KEYS
from p2k2lms.web.access import public


@pages.get("/rilis")
@public
def public_releases() -> str:
    """The months that were published."""
    return render_template("outcomes/public.html", releases=service.public_releases(), words=link_words)


@pages.get(f"/rilis/<int(max={MOST}):release_id>")
@public
def public_release(release_id: int) -> str:
    """One month, as it was written down when it was published."""
    declared = indicators.declared()
    columns = [declared[key] for key in KEYS if key in declared]
    found = service.public_release(release_id)
    return render_template("outcomes/public_release.html", found=found, columns=columns, words=link_words)
