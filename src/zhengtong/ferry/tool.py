"""`zhengtong ferry inspect PACKAGE`: what a package is, told to a person; needs no database and no key."""

import argparse
import sys
from pathlib import Path

from zhengtong.foundation.seals import Broken

from . import contracts, package


def explain(path: Path, key: bytes | None = None) -> list[str]:
    """The lines that describe a package; raises Broken when it is none."""
    outline = package.inspect(path)
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
        lines.append("签名 signature  未核对：用 --key 给出发送网的公钥 / not checked: give the sender's public key with --key")
    else:
        package.check(path, key)
        lines.append("✓ 签名与密文摘要相符 / signature and body digest hold")
    return lines


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong ferry")
    verbs = parser.add_subparsers(dest="verb", required=True)
    inspect = verbs.add_parser("inspect", help="说明一个摆渡包 / explain a package")
    inspect.add_argument("package", type=Path)
    inspect.add_argument("--key", type=Path, help="发送网导出的公钥 / the sender's exported public key")
    chosen = parser.parse_args(words)
    try:
        from zhengtong.foundation.seals.keys import peer  # reads Django's settings only when asked for a network's own keys

        key = peer(chosen.key.read_text()).signing if chosen.key else None
        print("\n".join(explain(chosen.package, key)))
    except (OSError, ValueError, Broken) as error:
        print(f"✗ 不是完好的摆渡包 / not a sound package: {error}", file=sys.stderr)
        return 1
    return 0
