"""Which links leave the government's sites, and what becomes of them."""

import pytest

from zhengtong.business.sites import text
from zhengtong.business.sites.publishing.leaving import guarded, host_outside

DOMAIN = "www.yunling.gov.cn"


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("/policy/", ""),
        ("#part", ""),
        ("mailto:a@example.com", ""),
        ("https://www.yunling.gov.cn/x/", ""),
        ("https://www.stats.gov.cn/", ""),
        ("https://gov.cn/", ""),
        ("https://example.com/a", "example.com"),
        ("//example.com/a", "example.com"),
        ("HTTP://EXAMPLE.COM", "example.com"),
        ("https://www.gov.cn.example.com/", "www.gov.cn.example.com"),
        ("https://notgov.cn/", "notgov.cn"),
        ("https://www.yunling.gov.cn@example.com/", "example.com"),
        ("https://[broken", ""),
    ],
)
def test_which_links_leave(href, host):
    assert host_outside(href, DOMAIN) == host


def test_an_outward_link_leads_to_its_notice_and_the_same_address_to_the_same_one():
    body = (
        '<p><a href="https://example.com/?a=1&amp;b=2">一</a><a href="/policy/">二</a><a href="https://example.com/?a=1&amp;b=2">三</a></p>'
    )
    html, leavings = guarded(text.clean(body), DOMAIN, "（站外）")
    assert [(one.number, one.href, one.host) for one in leavings] == [(1, "https://example.com/?a=1&b=2", "example.com")]
    assert html.count('href="#leaving-1"') == 2 and '<a href="/policy/">二</a>' in html and "example.com" not in html


def test_a_page_without_outward_links_is_left_as_it_is():
    assert guarded('<p><a href="/a/">x</a></p>', DOMAIN, "") == ('<p><a href="/a/">x</a></p>', [])
