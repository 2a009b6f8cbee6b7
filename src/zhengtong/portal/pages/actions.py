"""The verbs: believe and serve a release, go back to an earlier one."""

from collections.abc import Mapping
from pathlib import Path

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
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
    """Verify signature and every digest, build the folder, switch to it. What is not believed changes nothing."""
    sent = payload["manifest"]
    text = str(sent["text"]) if isinstance(sent, Mapping) else ""
    signature = str(sent["signature"]) if isinstance(sent, Mapping) else ""
    manifest = _believed(text, signature)
    if manifest.release != payload["release"]:
        raise Refused(_("发布包的编号与清单不符"))
    serving = Release.objects.select_for_update().filter(state=Release.SERVING).first()
    newest = Release.objects.filter(site=manifest.site).order_by("-code").first()
    if newest and newest.code >= manifest.release:
        raise Refused(_("发布包%(release)s早已收到，不能再次启用"), release=manifest.release)
    if serving and serving.site != manifest.site:
        raise Refused(_("本门户服务的站点是%(site)s"), site=serving.site)
    folders.build(manifest, text, signature, files)
    if serving:
        _set(serving, Release.KEPT)
    made = Release.objects.create(
        code=manifest.release,
        site=manifest.site,
        manifest=rules.sm3(text.encode()),
        files=len(manifest.files),
        received_at=clock.now(),
        state=Release.SERVING,
    )
    record(None, "pages.serve", made.code, {"release": made.code, "manifest": made.manifest, "files": made.files, "new": len(files)})
    _forget_old()
    folders.switch(made.code)
    return made


def _believed(text: str, signature: str) -> rules.Manifest:
    """The manifest, signed by the business network that the security administrator trusted."""
    peer = trusted(SENDER)
    if peer is None:
        raise Refused(_("政务外网的公钥未被信任，不能启用发布包"))
    try:
        good = verify(peer.signing, text.encode(), bytes.fromhex(signature))
    except ValueError:
        good = False
    if not good:
        raise Refused(_("发布包清单的签名无效，继续服务原来的版本"))
    manifest = rules.read_manifest(text)
    if isinstance(manifest, Objection):
        raise Refused(manifest)
    return manifest


def _set(release: Release, state: str) -> None:
    release.state = state
    release.save(update_fields=["state"])


def _forget_old() -> None:
    """Remove folders beyond the last few; the rows stay."""
    for old in Release.objects.exclude(state=Release.GONE).order_by("-code")[rules.KEPT :]:
        if old.state == Release.KEPT:
            _set(old, Release.GONE)
            folders.remove(old.code)


@action
def roll_back(code: str = "") -> Release:
    """Serve an earlier release again, the one before by default."""
    serving = Release.objects.select_for_update().filter(state=Release.SERVING).first()
    kept = Release.objects.filter(state=Release.KEPT).order_by("-code")
    wanted = kept.filter(code=code).first() if code else kept.filter(code__lt=serving.code if serving else "~").first()
    if wanted is None:
        raise Refused(_("没有可以退回的发布包"))
    if serving:
        _set(serving, Release.KEPT)
    _set(wanted, Release.SERVING)
    record(None, "pages.roll_back", wanted.code, {"from": serving.code if serving else "", "to": wanted.code})
    folders.switch(wanted.code)
    return wanted
