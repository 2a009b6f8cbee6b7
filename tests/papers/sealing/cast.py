"""A test authority, two organs with their seals, and the document that they seal."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from tests.papers.typeset.cast import AT, notice
from zhengtong.foundation import seals
from zhengtong.papers import sealing
from zhengtong.papers.ofd import make
from zhengtong.papers.sealing import certificates
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Issuer, Seal

GOVERNMENT, BUREAU = "云岭县人民政府办公室", "云岭县林业局"
SINCE, UNTIL = AT - timedelta(days=30), AT + timedelta(days=300)
LATER = AT + timedelta(days=1)
__all__ = ("AT", "BUREAU", "GOVERNMENT", "LATER", "SINCE", "UNTIL", "notice")


@dataclass(frozen=True)
class Authority:
    """A root, and the seal maker under it."""

    key: bytes
    certificate: bytes
    maker_key: bytes
    maker: bytes

    def signer(self, organ, key, since=SINCE, until=UNTIL):
        name = certificates.name(organ)
        return certificates.issue(name, seals.public_of(key), certificates.name("云州市测试机构"), self.key, since, until)

    def grant(self, organ, key, since=SINCE, until=UNTIL, certificate=None):
        certificate = certificate or self.signer(organ, key)
        picture = press.seal_picture(Seal(organ, "测试"), 72)
        seal = sealing.make_seal("53062500001", organ, picture, [certificate], self.maker, self.maker_key, since, until)
        return sealing.SealGrant(seal, certificate)


def authority():
    root, maker, name = seals.generate(), seals.generate(), certificates.name("云州市测试机构")
    since, until = SINCE - timedelta(days=400), UNTIL + timedelta(days=400)
    own = certificates.issue(name, seals.public_of(root), name, root, since, until, authority=True)
    made = certificates.issue(certificates.name("云州市制章处"), seals.public_of(maker), name, root, since, until)
    return Authority(root, own, maker, made)


@cache
def county():
    """The authority that the tests trust, and each organ's key and seal."""
    known = authority()
    keys = {organ: seals.generate() for organ in (GOVERNMENT, BUREAU)}
    return known, keys, {organ: known.grant(organ, key) for organ, key in keys.items()}


@cache
def unsealed(joint=False):
    paper = notice(joint=(Issuer(BUREAU, Seal(BUREAU, "测试")),)) if joint else notice()
    return make.document(paper, AT, leave_seals=True)


@cache
def sealed(joint=False):
    _known, keys, grants = county()
    data = sealing.seal(unsealed(joint), grants[GOVERNMENT], keys[GOVERNMENT], AT)
    return sealing.seal(data, grants[BUREAU], keys[BUREAU], AT + timedelta(minutes=5)) if joint else data


def verify(data, now=LATER, trusted=True):
    return sealing.verify(data, now, [county()[0].certificate] if trusted else [])


def failed(data, **more):
    return {finding.step for finding in verify(data, **more).failed}
