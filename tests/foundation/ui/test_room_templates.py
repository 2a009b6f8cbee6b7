"""What the rooms' templates may write: components that exist, icons that exist, no framework classes, no style or script of their own."""

import re
from pathlib import Path

import pytest

from zhengtong.foundation.ui import marks

SOURCE = Path(marks.__file__).parents[2]
COTTON = Path(marks.__file__).parent / "templates/cotton"
ICONS = set((SOURCE.parents[1] / "frontend/icons.txt").read_text().split())
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FRAMEWORK = re.compile(r"(?<![\w-])(btn|card|row|col|badge|alert|navbar|container(-fluid)?|table|[mp][tbxyse]?-\d|d-flex)(?![\w-])")
OWN = re.compile(
    r"""<style[\s>]|\sstyle=["']|\son(click|change|submit|load|input)=|<script(?![^>]*\bsrc=)[^>]*>|(src|href)=["']https?://"""
)


def without_comments(path):
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", "", path.read_text(), flags=re.DOTALL)


def named(path):
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_uses_only_components_and_icons_that_exist(path):
    text = without_comments(path)
    used = set(re.findall(r"<c-([a-z][\w.-]*)", text)) - {"vars", "slot", "component"}
    missing = {name for name in used if not (COTTON / f"{name.replace('.', '/').replace('-', '_')}.html").exists()}
    own = {name for name in missing if list(SOURCE.rglob(f"templates/cotton/{name.replace('.', '/').replace('-', '_')}.html"))}
    icons = {i for tag in re.findall(r"<c-icon\s[^>]*?name=\"([^\"{]+)\"|\sicon=\"([^\"{]+)\"", text) for i in tag if i}
    assert missing - own == set() and icons - ICONS == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_writes_no_framework_class_and_nothing_that_the_policy_refuses(path):
    text = without_comments(path)
    assert OWN.search(text) is None, OWN.search(text)
    classes = " ".join(re.findall(r'class="([^"]*)"', text))
    assert path.is_relative_to(COTTON.parent) or not FRAMEWORK.search(classes), FRAMEWORK.search(classes)
