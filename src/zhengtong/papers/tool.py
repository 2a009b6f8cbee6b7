"""`zhengtong doc VERB FILE`: what can be asked of a document without any database."""

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module

# verb: the module whose `add(parser)` names its arguments and whose `run(arguments)` gives the exit code
VERBS = {
    "parse": ("zhengtong.papers.reading.verb", "文件的各要素 / the elements of a file"),
    "lint": ("zhengtong.papers.lint.verb", "按规则检查 / check by the rule book"),
    "verify": ("zhengtong.papers.sealing.verb", "逐步验证电子签章 / verify an electronic seal step by step"),
}
UNREADABLE = 2


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong doc")
    verbs = parser.add_subparsers(dest="verb", required=True)
    chosen = words[0] if words and words[0] in VERBS else None
    runs: dict[str, Callable[[argparse.Namespace], int]] = {}
    for verb, (module, what) in VERBS.items():
        own = verbs.add_parser(verb, help=what)
        if verb == chosen:
            room = import_module(module)
            room.add(own)
            runs[verb] = room.run
    arguments = parser.parse_args(words)
    return runs[arguments.verb](arguments)


def say(value: object) -> None:
    """JSON for programs; written as UTF-8 whatever the terminal says."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(text)
