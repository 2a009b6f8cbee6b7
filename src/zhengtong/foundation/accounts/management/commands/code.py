"""`zhengtong demo code ACCOUNT`: the one-time code of a sample account; exists only in the demo."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_otp.oath import TOTP

from zhengtong.foundation.accounts import queries
from zhengtong.foundation.accounts.models import Account


class Command(BaseCommand):
    help = "显示账号此刻可用的动态码（只在演示模式）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account")

    def handle(self, *args: object, **options: str) -> None:
        if settings.MODE != "demo":
            raise CommandError("只有演示模式才显示动态码")
        account = Account.objects.filter(username=options["account"]).first()
        if account is None:
            raise CommandError(f"没有账号“{options['account']}”")
        device = queries.device_of(account)
        if device is None:
            raise CommandError(f"账号“{account.username}”不用动态码")
        clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
        clock.time = time.time()
        wanted = max(clock.t(), device.last_t + 1)  # a code is accepted once; the next one a step ahead
        if wanted > clock.t() + device.tolerance:
            time.sleep((wanted - device.tolerance) * device.step - clock.time)
        clock.time = device.t0 + wanted * device.step
        self.stdout.write(f"{clock.token():06d}")
