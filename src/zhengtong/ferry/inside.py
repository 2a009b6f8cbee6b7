"""The inside of a package: what its own sender must not be able to read again (design §3, isolation).

The inside fields travel as one sealed file beside the sealed attachments; the receiver opens all of them.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.envelope import MAGIC, opened, sealed, unsealed

from .contracts import Contract

NAME = "inside"  # the file that holds the inside fields
LONGEST = 16 << 20


def closed(
    contract: Contract, payload: Mapping[str, object], files: Mapping[str, Path | bytes], public: bytes
) -> tuple[dict[str, object], dict[str, Path | bytes]]:
    """The payload without its inside fields, and the files with them sealed; refuses a file that is not sealed."""
    for name, content in files.items():
        if name == NAME or _start(content) != MAGIC:
            raise Refused(_("“%(name)s”没有封存，不能放入摆渡箱"), name=name)
    hidden = {key: value for key, value in payload.items() if key in contract.inside}
    shown = {key: value for key, value in payload.items() if key not in contract.inside}
    return shown, {NAME: sealed(public, json.dumps(hidden, ensure_ascii=False).encode()), **files}


def _start(content: Path | bytes) -> bytes:
    if isinstance(content, bytes):
        return content[: len(MAGIC)]
    with content.open("rb") as file:
        return file.read(len(MAGIC))


def disclosed(
    payload: dict[str, object], files: Mapping[str, Path], private: bytes, folder: Path
) -> tuple[dict[str, object], dict[str, Path]]:
    """The whole payload and the files as they were before sealing; raises Broken."""
    if NAME not in files or files[NAME].stat().st_size > LONGEST:
        raise Broken(_("封存的内容缺失"))
    try:
        hidden = json.loads(unsealed(private, files[NAME].read_bytes()))
        whole = {**hidden, **payload}
    except (ValueError, TypeError, RecursionError) as error:
        raise Broken(_("封存的内容无法读取")) from error
    plain = {}
    for number, (name, path) in enumerate(sorted(files.items())):
        if name != NAME:
            plain[name] = folder / f"plain{number}"
            with path.open("rb") as source, plain[name].open("wb") as out:
                out.writelines(opened(source, private))
            path.unlink()
    return whole, plain
