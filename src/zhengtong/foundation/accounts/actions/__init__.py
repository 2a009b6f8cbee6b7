"""The verbs: what each administrator does to accounts and roles, and what a person does with his own."""

from .administration import activate, create_account, disable, reset_secret, restore, unlock
from .grants import grant, withdraw
from .motions import agree, drop
from .own import bind_device, change_secret, make_device, set_pin, show_code
from .passage import note_failure, note_sign_in, note_sign_out, note_time_out
from .personal_keys import confirm, count_wrong_pins, sign_with_personal_key

__all__ = [
    "activate",
    "agree",
    "bind_device",
    "change_secret",
    "confirm",
    "count_wrong_pins",
    "create_account",
    "disable",
    "drop",
    "grant",
    "make_device",
    "note_failure",
    "note_sign_in",
    "note_sign_out",
    "note_time_out",
    "reset_secret",
    "restore",
    "set_pin",
    "show_code",
    "sign_with_personal_key",
    "unlock",
    "withdraw",
]
