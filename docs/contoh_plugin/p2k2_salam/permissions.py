"""Who may read the greeting."""

from p2k2lms.core.access import ANYONE, anything, permission

READ_GREETING = permission("salam.read_greeting", (ANYONE, anything))
