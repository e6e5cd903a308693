"""The door for submissions as phones meet it."""

from uuid import uuid4

import pytest

from tests.conftest import an_actor

pytestmark = pytest.mark.usefixtures("notes")


def send(client, *envelopes):
    return client.post("/api/v1/kiriman", json={"kiriman": list(envelopes)})


def test_who_is_not_signed_in_keeps_everything(browser, envelope):
    assert send(browser, envelope()).status_code == 401
    assert browser.get("/api/v1/token").status_code == 401


def test_each_envelope_is_answered_by_a_receipt(sign_in, envelope):
    (answer,) = send(sign_in(an_actor()), envelope()).json["jawaban"]
    assert answer["status"] == "accepted"
    assert answer["receipt"].startswith("K-")
    assert answer["received_at"].endswith("+00:00")


def test_the_same_again_is_answered_by_the_same_receipt(sign_in, envelope):
    client, one = sign_in(an_actor()), envelope()
    first, second = (send(client, one).json["jawaban"][0] for _ in range(2))
    assert (first["status"], second["status"]) == ("accepted", "duplicate")
    assert first["receipt"] == second["receipt"]


def test_one_wrong_envelope_stops_no_other(sign_in, envelope):
    answers = send(sign_in(an_actor()), envelope("salah"), {"id": "x"}, envelope(), envelope(person=2)).json["jawaban"]
    assert [a["status"] for a in answers] == ["rejected", "rejected", "accepted", "held"]
    assert answers[0]["faults"] == [{"field": "text", "message": "Kata ini tidak dapat diterima."}]


def test_what_breaks_by_a_fault_of_ours_is_left_out_and_may_come_again_in_a_minute(sign_in, envelope):
    client, good = sign_in(an_actor()), envelope()
    answer = send(client, envelope("rusak"), good)
    assert (answer.status_code, answer.headers["Retry-After"]) == (200, "60")
    assert [(a["id"], a["status"]) for a in answer.json["jawaban"]] == [(good["id"], "accepted")]
    assert "Retry-After" not in send(client, good).headers


def test_an_id_that_is_taken_is_a_code_for_programs_and_a_sentence_for_people(sign_in, envelope):
    client, first = sign_in(an_actor()), envelope()
    send(client, first)
    answer = send(client, {**first, "payload": {"text": "lain"}}).json["jawaban"][0]
    assert answer["faults"] == [{"field": "id", "message": "id_conflict"}]
    page = client.get("/kiriman").text
    assert '<span class="err">Nomor kiriman ini sudah terpakai. Isi lagi di halamannya.</span>' in page
    assert '<span class="err">id_conflict' not in page


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"kiriman": {}}', '{"kiriman": "a"}', "[" * 200_000])
def test_what_cannot_be_read_is_said_clearly(sign_in, body):
    answer = sign_in(an_actor()).post("/api/v1/kiriman", data=body, content_type="application/json")
    assert answer.status_code == 422
    assert "tidak terbaca" in answer.json["message"]


def test_more_than_a_hundred_are_too_many(sign_in, envelope):
    answer = send(sign_in(an_actor()), *[envelope() for _ in range(101)])
    assert answer.status_code == 422
    assert "100" in answer.json["message"]


def test_more_than_two_megabytes_are_too_much(sign_in, envelope):
    answer = send(sign_in(an_actor()), envelope("a" * 2_200_000))
    assert (answer.status_code, answer.json["status"]) == (413, 413)


@pytest.mark.parametrize(
    "odd",
    [
        {"payload": {"text": "a\x00b"}},
        {"device": "hp\x00"},
        {"person": 10**40},
        {"seq": 10**40},
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "9999-12-31T23:59:59-14:00"},
        {"id": "A" * 5000},
    ],
)
def test_hostile_values_are_answered_and_break_nothing(sign_in, envelope, odd):
    answer = send(sign_in(an_actor()), envelope(**odd), envelope(id=str(uuid4())))
    assert answer.status_code == 200
    assert [a["status"] for a in answer.json["jawaban"]] == ["rejected", "accepted"]


def test_half_a_character_breaks_nothing(sign_in, envelope):
    assert send(sign_in(an_actor()), envelope("\ud800")).status_code == 200


def nested(levels: int) -> dict:
    """A mapping within a mapping, so many times."""
    inside: dict = {}
    for _ in range(levels):
        inside = {"a": inside}
    return inside


@pytest.mark.parametrize("levels", [40, 700])
def test_what_is_nested_too_deeply_stops_no_other(sign_in, envelope, levels):
    answer = send(sign_in(an_actor()), envelope(payload=nested(levels)), envelope())
    assert answer.status_code == 200
    assert [a["status"] for a in answer.json["jawaban"]] == ["rejected", "accepted"]
