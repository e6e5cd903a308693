"""What catalogue holds of people: who wrote what."""

from p2k2lms.core.personal import Mention
from p2k2lms.plugins.catalogue.models import Document

PERSONAL = (Mention(Document, ("author_id",)),)
