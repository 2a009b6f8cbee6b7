"""The steps of verification in their order (验章, GB/T 38540-2020 chapter 7), each with the sentence for what it found."""

from collections.abc import Callable
from dataclasses import dataclass

BROKEN = (ValueError, KeyError, AttributeError, TypeError, OverflowError)  # what reading broken data can raise
# fmt: off
STEPS = {
    # step             what is asked                              when it fails
    "package":       ("文件包完整、与写出时一致",                "文件包被改动",
                      "the package is whole and as it was written", "the package was altered"),
    "signed":        ("有电子签章",                              "没有电子签章",
                      "there is an electronic seal",             "there is no electronic seal"),
    "places":        ("应盖的印章都已加盖",                      "缺少应盖的印章",
                      "every seal that belongs there is there",  "a seal is missing"),
    "coverage":      ("包内每个文件都受签章保护",                "有文件不受签章保护",
                      "every file is protected",                 "a file is not protected"),
    "whole":         ("整个文件受签名保护",                      "签名后文件有增减",
                      "the signatures hold the whole file",      "something was added or cut off after signing"),
    "update":        ("前面签名的版面原样保留",                  "后加的签名改动了版面",
                      "the page signed before is left as it was", "a later signature changed the page"),
    "digests":       ("各文件的摘要相符",                        "文件内容被改动",
                      "every file has the digest it was sealed with", "a file was altered"),
    "structure":     ("签章数据结构正确",                        "签章数据结构不正确",
                      "the signature's data are well formed",    "the signature's data are malformed"),
    "content":       ("签名文件未改动",                          "签名文件被改动",
                      "the signature file is unaltered",         "the signature file was altered"),
    "seal":          ("印章数据正确，与所签印章一致",            "印章数据不正确，或者换了印章",
                      "the seal is well formed and the one signed", "the seal is malformed or another one"),
    "maker":         ("制章者的签名有效",                        "制章者的签名无效，印章系伪造或被改动",
                      "the seal maker's signature holds",        "the seal maker's signature does not hold"),
    "validity":      ("签章时印章在有效期内",                    "签章时印章不在有效期内",
                      "the seal was valid when used",            "the seal was not valid when used"),
    "signer":        ("签章人属于该印章的使用人",                "签章人不是该印章的使用人",
                      "the signer may use this seal",            "the signer may not use this seal"),
    "signature":     ("签章人的签名有效",                        "签章人的签名无效",
                      "the signer's signature holds",            "the signer's signature does not hold"),
    "certificates":  ("签章时证书在有效期内",                    "签章时证书不在有效期内",
                      "the certificates were valid when used",   "a certificate was not valid when used"),
    "time":          ("签章时间一致且不晚于现在",                "签章时间不一致或晚于现在",
                      "the times agree and are past",            "the times differ or lie ahead"),
    "issuer":        ("证书由信任的机构签发",                    "证书不是信任的机构签发的",
                      "the issuer is trusted",                   "the issuer is not trusted"),
}
# fmt: on
OF_PDF = ("whole", "update")  # asked of a PDF in place of the steps that an OFD's package and places need


@dataclass(frozen=True, slots=True)
class Finding:
    """One step's result; `good` is None where it could not be asked. `of` is the seal it speaks of."""

    step: str
    good: bool | None
    of: str = ""
    detail: str = ""

    @property
    def zh(self) -> str:
        return STEPS[self.step][1 if self.good is False else 0]

    @property
    def en(self) -> str:
        return STEPS[self.step][3 if self.good is False else 2]


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found, step by step."""

    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Nothing failed. That no trusted issuer was named is told in its step and is no failure."""
        return all(finding.good is not False for finding in self.findings)

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.good is False)


def asked(step: str, ask: Callable[[], tuple[bool | None, str]], of: str = "") -> Finding:
    """One step's finding; what can't even be asked of broken data has failed."""
    try:
        good, detail = ask()
        return Finding(step, good, of, detail)
    except BROKEN as error:
        return Finding(step, False, of, str(error)[:200])
