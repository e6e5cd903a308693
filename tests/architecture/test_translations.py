"""Every text that people see is Indonesian in the source and whole in English."""

import pytest

from tools import texts


@pytest.mark.xfail(reason="English is filled in one pass at the end of the build", strict=False)
def test_every_text_has_its_english():
    assert list(texts.faults(texts.in_source(), texts.in_english())) == []
