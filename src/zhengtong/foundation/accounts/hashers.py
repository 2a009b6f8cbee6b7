"""Passwords are kept as PBKDF2 over SM3, the county's own digest (GB/T 39786-2021, GB/T 32905)."""

import hashlib
from functools import partial

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class SM3PasswordHasher(PBKDF2PasswordHasher):
    algorithm = "pbkdf2_sm3"
    iterations = 600_000
    digest = partial(hashlib.new, "sm3")
