"""The verbs: believe and serve a release, go back to an earlier one."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.tree import sm3
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import verify
from zhengtong.foundation.seals.keys import trusted

from . import folders, rules
from .models import Release

SENDER = "business"


def release(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """A release from the business network, as the ferry hands it in."""
    receive(payload, files)


@action
def receive(payload: Mapping[str, object], files: Mapping[str, Path]) -> Release:
    """Verify signature and every digest, lay out what is new, switch to it. What is not believed changes nothing that is served."""
    manifest, text, signature = _believed(payload.get("manifest"))
    if manifest.release != payload["release"]:
        raise Refused(_("发布包的编号与清单不符"))
    serving = Release.objects.select_for_update().filter(state=Release.SERVING).first()
    newest = Release.objects.filter(site=manifest.site).order_by("-code").first()
    if newest and newest.code >= manifest.release:
        raise Refused(_("发布包%(release)s早已收到，不能再次启用"), release=manifest.release)
    if serving and serving.site != manifest.site:
        raise Refused(_("本门户服务的站点是%(site)s"), site=serving.site)
    fresh = _take(payload.get("contents"), files.get("contents"))
    folders.lay(manifest.tree)
    folders.keep_manifest(manifest.release, text, signature)
    os.sync()  # nothing is served that a power cut could take back
    if serving:
        _set(serving, Release.KEPT)
    made = Release.objects.create(
        code=manifest.release,
        site=manifest.site,
        manifest=sm3(text.encode()),
        files=manifest.files,
        received_at=clock.now(),
        state=Release.SERVING,
    )
    record(None, "pages.serve", made.code, {"release": made.code, "manifest": made.manifest, "files": made.files, "new": fresh})
    for old in Release.objects.exclude(state=Release.GONE).order_by("-code")[rules.KEPT :]:
        _set(old, Release.GONE)
    folders.switch(manifest.tree)
    return made


def _take(sizes: object, source: Path | None) -> int:
    """Keep the contents that were sent; the number of new ones."""
    if not isinstance(sizes, list) or source is None:
        raise Refused(_("发布包的清单不能读"))
    with source.open("rb") as contents:
        return folders.take(rules.sizes(sizes), contents)


def _believed(sent: object) -> tuple[rules.Manifest, str, str]:
    """The manifest with its text and signature, signed by the business network that the security administrator trusted."""
    peer = trusted(SENDER)
    if peer is None:
        raise Refused(_("政务外网的公钥未被信任，不能启用发布包"))
    text, signature = (str(sent.get(name, "")) for name in ("text", "signature")) if isinstance(sent, Mapping) else ("", "")
    try:
        good = verify(peer.signing, text.encode(), bytes.fromhex(signature))
    except ValueError:
        good = False
    if not good:
        raise Refused(_("发布包清单的签名无效，继续服务原来的版本"))
    manifest = rules.read_manifest(text)
    if isinstance(manifest, Objection):
        raise Refused(manifest)
    return manifest, text, signature


def _set(release: Release, state: str) -> None:
    release.state = state
    release.save(update_fields=["state"])


def sweep() -> None:
    """The worker's tick: what only releases that are gone needed leaves the disk."""
    gone = [code for code in Release.objects.filter(state=Release.GONE).values_list("code", flat=True) if folders.manifest(code)]
    if gone:
        _sweep(gone)


@transaction.atomic
def _sweep(gone: list[str]) -> None:
    """Beside no arrival, which could need what is being removed. Safe to repeat: their manifests go last."""
    Release.objects.select_for_update().filter(state=Release.SERVING).first()
    kept = Release.objects.exclude(state=Release.GONE).values_list("code", flat=True)
    folders.sweep(_tree(code) for code in kept)
    for code in gone:
        folders.forget(code)


def _tree(code: str) -> str:
    """The name of the folder that this kept release serves."""
    manifest = rules.read_manifest(folders.manifest(code))
    return manifest.tree if isinstance(manifest, rules.Manifest) else ""


@action
def roll_back(code: str = "") -> Release:
    """Serve an earlier release again, the one before by default."""
    serving = Release.objects.select_for_update().filter(state=Release.SERVING).first()
    kept = Release.objects.filter(state=Release.KEPT).order_by("-code")
    wanted = kept.filter(code=code).first() if code else kept.filter(code__lt=serving.code if serving else "~").first()
    if wanted is None or not _tree(wanted.code):
        raise Refused(_("没有可以退回的发布包"))
    if serving:
        _set(serving, Release.KEPT)
    _set(wanted, Release.SERVING)
    record(None, "pages.roll_back", wanted.code, {"from": serving.code if serving else "", "to": wanted.code})
    folders.switch(_tree(wanted.code))
    return wanted
