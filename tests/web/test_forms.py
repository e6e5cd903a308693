"""What every form does with what is typed."""

from wtforms import StringField, TextAreaField

from p2k2lms.web.forms import BaseForm


class Note(BaseForm):
    title = StringField(filters=[lambda text: text and text.strip()])
    text = TextAreaField()


def test_a_sign_that_no_database_keeps_is_left_out_and_other_filters_still_work(app):
    for _ in range(2):
        with app.test_request_context(method="POST", data={"title": " Sa\x00tu ", "text": "a\x00\nb"}):
            form = Note()
            assert (form.title.data, form.text.data) == ("Satu", "a\nb")
