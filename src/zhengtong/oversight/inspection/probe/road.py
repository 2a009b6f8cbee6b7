"""The road to a site: its certificate and whether IPv6 leads there."""

import asyncio
import socket
import ssl

from cryptography import x509

from .addresses import numeric, private, split


async def road(url: str, allow_private: bool, patience: float) -> dict[str, object]:
    """What is known of the certificate and the addresses; no connection is made into a private network."""
    parts = split(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found: dict[str, object] = {}
    loop = asyncio.get_running_loop()
    try:
        rows = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return {"resolves": False}
    addresses = {str(row[4][0]) for row in rows}
    if not allow_private and any(private(address) for address in addresses):
        return {"private": True}
    if numeric(host) is None and not any(private(address) for address in addresses):
        found["ipv6"] = any(row[0] == socket.AF_INET6 for row in rows)
    if parts.scheme == "https":
        found["certificate"] = await _certificate(host, port, patience)
    return found


async def _certificate(host: str, port: int, patience: float) -> dict[str, object]:
    """Until when it holds, and why a browser would not trust it."""
    fact: dict[str, object] = {"trouble": ""}
    try:
        await _greet(host, port, ssl.create_default_context(), patience)
    except ssl.SSLCertVerificationError as error:
        fact["trouble"] = error.verify_message
    except (OSError, TimeoutError) as error:
        return {"trouble": "", "unreachable": type(error).__name__}
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    try:
        raw = await _greet(host, port, trusting, patience)
    except (OSError, TimeoutError):
        return fact
    if raw:
        shown = x509.load_der_x509_certificate(raw)
        fact |= {"until": shown.not_valid_after_utc.date().isoformat(), "issuer": shown.issuer.rfc4514_string()[:200]}
    return fact


async def _greet(host: str, port: int, context: ssl.SSLContext, patience: float) -> bytes | None:
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port, ssl=context), patience)
    try:
        shown = writer.get_extra_info("ssl_object")
        raw = shown.getpeercert(binary_form=True) if shown else None
        return bytes(raw) if raw else None
    finally:
        writer.close()
        del reader
