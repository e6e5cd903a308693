"""Who is signed in on this request; the only file that knows Flask-Login."""

from dataclasses import dataclass

import flask_login
from flask import Flask, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin

from p2k2lms.core import clock
from p2k2lms.core.access import VISITOR, Actor

manager = LoginManager()


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """A signed-in person: the token of the session row, the actor built from it, and the clock of where they work."""

    token: str
    actor: Actor
    device: str
    zone: str = clock.HOME

    def get_id(self) -> str:
        return self.token


class Visitor(AnonymousUserMixin):
    """Nobody has signed in."""

    token = ""
    actor = VISITOR
    device = ""
    zone = clock.HOME


def install(app: Flask) -> None:
    """Make the login manager; the identity plugin says how a token becomes a person."""
    manager.anonymous_user = Visitor
    manager.session_protection = None
    if manager._user_callback is None:
        manager.user_loader(_nobody)
    manager.init_app(app, add_context_processor=False)


def _nobody(token: str) -> None:
    """No plugin knows people: every token is a stranger's."""


def current_actor() -> Actor:
    """Who acts on this request; the visitor when nobody signed in."""
    actor: Actor = flask_login.current_user.actor
    return actor


def current_device() -> str:
    """The device of this session, as it stands in what it sends."""
    return flask_login.current_user.device or "peramban"


def current_zone() -> str:
    """The IANA zone of where whoever signed in works; Central Indonesian Time for a visitor."""
    zone: str = flask_login.current_user.zone
    return zone


def current_token() -> str:
    """The token of this session; empty when nobody signed in."""
    token: str = flask_login.current_user.token
    return token


def begin(person: SignedIn, lasting: bool = True) -> None:
    """Start the session of this person in this browser, for as long as its row allows, or until the browser is
    closed; nothing of before stays."""
    session.clear()
    session.clear()  # a token of the visitor's forms must not outlive the sign-in
    session.permanent = lasting
    flask_login.login_user(person)


def end() -> None:
    """Leave nobody signed in in this browser."""
    flask_login.logout_user()
    session.clear()
    session.clear()
