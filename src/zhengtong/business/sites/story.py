"""Story 1 in the business network: the editor finds the draft and completes it, the publisher publishes it."""

from collections.abc import Callable

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.demo import samples
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused

from .desk import acts, queries
from .desk.models import Article

Values = dict[str, object]


def _sample(role: str) -> tuple[Account, str]:
    """The sample account of the role, with its PIN."""
    row = next(row for row in samples() if role in row["roles"].split())
    account = accounts.account_of(Person.objects.get(code=row["person"]))
    assert account
    return account, row["secret"]


def _waiting(by: Account, values: Values) -> Article:
    found = queries.filtered(queries.visible(by.person), words=str(values["document_number"])).first()
    if found is None:
        raise Refused("政策文件栏目里没有这份文件的草稿")
    return found


def find_article(values: Values) -> Values:
    """The editor finds the draft in the column 政策文件 and adds key words."""
    by, _pin = _sample("editor")
    article = _waiting(by, values)
    if article.column.path != "policy" or article.state != "draft" or not article.attachments:
        raise Refused("草稿不在政策文件栏目，或没有附上PDF")
    acts.edit(article, by, keywords="云岭，通知，政策文件")
    return {"actor": by.code, "verb": "sites.edit", "paper": article.number, "article": article.pk}


def publish_article(values: Values) -> Values:
    """The publisher looks at the draft and publishes it; the release is made and queued for the ferry."""
    by, pin = _sample("publisher")
    article = _waiting(by, values)
    release = acts.publish(article, by, pin, str(article.latest_revision_id))
    if release is None:
        raise Refused("没有生成发布包")
    return {"actor": by.code, "verb": "sites.publish", "paper": article.number, "release": release.code}


STEPS: dict[str, Callable[[Values], Values]] = {"find_article": find_article, "publish_article": publish_article}
