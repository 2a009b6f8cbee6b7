"""What several pages share: where to go on, how a code generator is shown."""

from base64 import b32encode
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation.accounts import entry, rules
from zhengtong.foundation.accounts.doors import safe_next


def onward(request: HttpRequest) -> HttpResponse:
    """To the step of the sign-in that is still missing, else to where the person wanted to go, else home."""
    wanted = safe_next(request)
    if step := entry.unfinished(request):
        return redirect(f"{reverse(step)}?{urlencode({'next': wanted})}")
    return redirect("accounts:home" if wanted == "/" and rules.ADMINISTRATORS & set(request.roles) else wanted)


def qr(device: TOTPDevice) -> dict[str, str]:
    """The picture and the letters of a code generator."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    name = f"zhengtong-{settings.NETWORK}"
    address = f"otpauth://totp/{name}:{device.user.get_username()}?{urlencode({'secret': letters, 'issuer': name})}"
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    return {"picture": picture, "letters": " ".join(letters[n : n + 4] for n in range(0, len(letters), 4))}
