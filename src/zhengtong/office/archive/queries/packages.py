"""Packages as they come and go: whose keys count, what is wrong with one in the reader's language, the package of an item."""

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import sm3
from zhengtong.foundation.seals.keys import all_trusted, network_keys
from zhengtong.office.archive.models import Item
from zhengtong.office.archive.rules import Role
from zhengtong.office.archive.rules import packages as rules
from zhengtong.papers.archive import Record, eep, xml
from zhengtong.papers.archive.verify import Report, verify_file

from . import records

MOST = 500  # packages in one upload
LARGEST = 256 << 20  # bytes of one package, unpacked


def signer() -> eep.Signer:
    """This network, signing with its own key."""
    keys = network_keys()
    return eep.Signer(settings.NETWORK, keys.public, keys.sign)


def package(item: Item, at: datetime) -> bytes:
    """The item as .eep (DA/T 48-2009)."""
    return eep.write(records.record(item), signer(), at)


def known_keys() -> list[bytes]:
    """Whose packages are taken in: our own, and those of the networks that were trusted after their fingerprints were compared."""
    return [network_keys().public, *(peer.signing for peer in all_trusted())]


def spoken(zh: str, en: str) -> object:
    """A sentence in the reader's language, of those that verification tells in both."""
    return lazy(lambda: en if (get_language() or "").startswith("en") else zh, str)()


def worded(text: str) -> object:
    """A marked sentence or names of parts, in the reader's language; whatever is neither stays as it is."""

    def said() -> str:
        whole = gettext(text) if text else ""
        return "、".join(gettext(name) for name in text.split("、")) if whole == text and "、" in text else whole

    return lazy(said, str)()


def heard(no: Objection) -> Refused:
    """A refusal whose particulars are told in the reader's language too."""
    return Refused(replace(no, params={name: worded(str(value)) for name, value in no.params.items()}))


def refusal(why: xml.Unreadable) -> Refused:
    return Refused(_("不能导入：%(why)s"), why=spoken(why.zh, why.en))


def opened(data: bytes, keys: Collection[bytes] = ()) -> Record:
    """The record in a package that holds in every step and is signed by a key that counts; Refused with the step that fails."""
    if len(data) > LARGEST:
        raise Refused(_("封装包超过%(limit)d兆字节，不能导入"), limit=LARGEST >> 20)
    try:
        report = verify_file(data)
        record = eep.read(data)
    except xml.Unreadable as why:
        raise refusal(why) from why
    if no := report_objection(report, {sm3(key) for key in (*known_keys(), *keys)}):
        raise Refused(no)
    if no := rules.objection(record.number, record.values, [one.role for one in record.contents], settings.CLASSIFIED):
        raise heard(no)
    inner = next(one.data for one in record.contents if one.role == Role.METADATA)
    try:
        told = records.told(inner)
    except (xml.Unreadable, ValueError) as error:
        raise Refused(_("包内的元数据文件读不出来")) from error
    if no := rules.agreement_objection(_told(record), _told(told)):
        raise Refused(no)
    return record


def _told(record: Record) -> rules.Told:
    return record.values, [(one.role, one.name, one.digest, one.size) for one in record.contents]


def report_objection(report: Report, signers: Collection[str]) -> Objection | None:
    """The first step of verification that does not hold, or a signer whom nobody here has trusted."""
    for finding in report.findings:
        if finding.good is False:
            told = {"why": spoken(finding.zh, finding.en), "detail": finding.detail or "—"}
            return Objection(_("封装包没有通过核验，没有导入：%(why)s（%(detail)s）"), told, code=finding.step)
    if report.signer not in signers:
        return Objection(
            _("封装包签名有效，但签名公钥（SM3指纹%(print)s…）不是本网信任的公钥；核对指纹后由安全保密管理员用keys trust登记，再导入"),
            {"print": report.signer[:16]},
            code="foreign",
        )
    return None


def unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The packages of an upload: a single .eep, or a zip of them."""
    if not data.startswith(b"PK\x03\x04"):
        yield name, data
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as several:
            inside = [one for one in several.infolist() if not one.is_dir()]
            if len(inside) > MOST or any(one.file_size > LARGEST for one in inside):
                raise Refused(_("“%(name)s”内的封装包太多或太大，请分开导入"), name=name)
            for one in inside:
                if not one.filename.lower().endswith(eep.SUFFIX):
                    raise Refused(_("“%(name)s”内有不是封装包的文件：%(inside)s"), name=name, inside=one.filename[:80])
            for one in inside:
                yield one.filename.rpartition("/")[2], several.read(one)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused(_("“%(name)s”不是完整的压缩包"), name=name) from error
