"""What every form does with what is typed."""

from wtforms import IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from p2k2lms.web.forms import BaseForm


class Note(BaseForm):
    title = StringField(filters=[lambda text: text and text.strip()])
    text = TextAreaField()


def test_a_sign_that_no_database_keeps_is_left_out_and_other_filters_still_work(app):
    for _ in range(2):
        with app.test_request_context(method="POST", data={"title": " Sa\x00tu ", "text": "a\x00\nb"}):
            form = Note()
            assert (form.title.data, form.text.data) == ("Satu", "a\nb")


class Plan(BaseForm):
    name = StringField(validators=[Length(max=3)])
    mode = SelectField(choices=[SelectChoice("a", "A")])
    days = IntegerField()


def test_what_the_library_says_is_said_in_our_words(app):
    with app.test_request_context(method="POST", data={"name": "Satu", "mode": "z", "days": "x"}):
        form = Plan()
        form.validate()
        assert form.name.errors == ["Paling banyak 3 huruf."]
        assert form.mode.errors == ["Pilih salah satu."]
        assert form.days.errors == ["Isi dengan angka bulat."]
