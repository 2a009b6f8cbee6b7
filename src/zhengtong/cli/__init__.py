"""`zhengtong NETWORK VERB …` picks the network's settings; `zhengtong TOOL …` needs no database."""

import os
import sys
from importlib import import_module

NETWORKS = ("office", "classified", "business", "portal", "oversight")
TOOLS = {
    "archive": "zhengtong.papers.archive.tool",
    "clock": "zhengtong.foundation.clock.tool",
    "ferry": "zhengtong.ferry.tool",
    "carry": "zhengtong.cli.carry",
    "demo": "zhengtong.cli.demo",
    "doc": "zhengtong.papers.tool",
    "probe": "zhengtong.oversight.inspection.probe.tool",
    "site": "zhengtong.oversight.inspection.tool",
    "story": "zhengtong.cli.story",
}
USAGE = f"""用法 / usage:
  zhengtong NETWORK VERB …    NETWORK: {" ".join(NETWORKS)}
  zhengtong TOOL …            TOOL: {" ".join(TOOLS)}
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is the command's own, 2 when the words are not understood."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = words[0] if words else ""
    if name in NETWORKS and len(words) > 1:
        os.environ["DJANGO_SETTINGS_MODULE"] = f"zhengtong.settings.{name}"
        from django.core.management import execute_from_command_line  # tools must start without Django's settings

        execute_from_command_line(["zhengtong", *words[1:]])
        return 0
    if name in TOOLS:
        return int(import_module(TOOLS[name]).main(words[1:]) or 0)
    sys.stderr.write(USAGE)
    return 0 if name in ("-h", "--help") else 2
