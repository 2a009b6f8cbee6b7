"""`zhengtong ferry inspect PACKAGE`: what a package is, told to a person; needs no database and no key."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.keys import peer

from . import contracts, package


def explain(path: Path, key: bytes | None = None) -> list[str]:
    """The lines that describe a package; raises Broken when it is none."""
    with path.open("rb") as source:
        outline = package.inspect(source)
        if key is not None:
            package.check(source, key)
    lines = [
        f"发送 sender     {outline.sender}",
        f"接收 receiver   {outline.receiver}",
        f"约定 contract   {outline.version}",
        f"序号 number     {outline.seq}",
        f"封装 made at    {outline.made_at}",
        f"密文 body SM3   {outline.body}",
    ]
    lines += [f"{'内容 payload' if n == 0 else f'文件 file {n}'}     {item.size} B  SM3 {item.sm3}" for n, item in enumerate(outline.items)]
    if no := contracts.version_objection(outline.version) or contracts.direction_objection(
        outline.contract, outline.sender, outline.receiver
    ):
        lines.append(f"✗ {no.text % no.params}")
    if key is None:
        lines.append("签名 signature  未核对：用 --keys 给出发送网的公钥 / not checked: give the sender's public key with --keys")
    else:
        lines.append("✓ 签名与密文摘要相符 / signature and body digest hold")
    return lines


def key_for(path: Path, given: Sequence[Path]) -> bytes | None:
    """The sender's key among exported public keys: files, or a folder of them such as `keys/trusted`."""
    with path.open("rb") as source:
        sender = package.inspect(source).sender
    files = [file for place in given for file in (sorted(place.glob("*.json")) if place.is_dir() else [place])]
    found = [known.signing for known in (peer(file.read_text()) for file in files) if known.network == sender]
    if given and not found:
        raise Broken(f"没有{sender}的公钥 / no key of {sender}")
    return found[0] if found else None


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong ferry")
    verbs = parser.add_subparsers(dest="verb", required=True)
    inspect = verbs.add_parser("inspect", help="说明一个摆渡包 / explain a package")
    inspect.add_argument("package", type=Path)
    inspect.add_argument("--keys", type=Path, nargs="+", default=[], help="公钥文件或其文件夹 / public keys, or their folder")
    chosen = parser.parse_args(words)
    try:
        print("\n".join(explain(chosen.package, key_for(chosen.package, chosen.keys))))
    except (OSError, ValueError, Broken) as error:
        print(f"✗ 不是完好的摆渡包 / not a sound package: {error}", file=sys.stderr)
        return 1
    return 0
