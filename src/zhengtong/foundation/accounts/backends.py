"""How a name and a secret are proved: by password in the business network, by the personal key's signature in the office."""

import secrets

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from zhengtong.foundation import clock

from . import carrier, queries, rules
from .models import Account


class PersonalSecret(ModelBackend):
    """One door for both ways; every refusal takes as long as any other, so that nobody learns which accounts exist."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, secret: str = "", **other: object
    ) -> Account | None:
        if not username or not secret:
            return None
        account = Account.objects.select_related("person").filter(username=username).first()
        by_key = rules.WAYS[settings.NETWORK] == rules.Way.KEY
        proved = self._by_key(account, secret) if by_key else self._by_password(account, secret)
        return account if proved and account and self.user_can_authenticate(account) else None

    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None

    def _by_password(self, account: Account | None, secret: str) -> bool:
        if account is None or not account.has_usable_password():
            Account().set_password(secret)  # the same work as a comparison
            return False
        return account.check_password(secret)

    def _by_key(self, account: Account | None, pin: str) -> bool:
        """Challenge and response: the carrier signs fresh bytes, the registered public key judges."""
        key = queries.key_of(account) if account else None
        challenge = f"{settings.NETWORK}|{clock.real_now().isoformat()}|{secrets.token_hex(32)}".encode()
        if key is None:
            carrier.waste_time(pin)
            return False
        answer = carrier.sign(bytes(key.locked), pin, challenge)
        return answer is not None and carrier.verify(key.public, challenge, answer)
