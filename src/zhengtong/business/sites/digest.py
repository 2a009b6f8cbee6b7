"""What an article's digest covers: everything that its public page shows."""

import hashlib
import json

from .models import ArticleRow

COVERED = (
    "title",
    "body",
    "summary",
    "source",
    "author",
    "keywords",
    "number",
    "index_number",
    "issuer",
    "validity",
    "public_path",
    "notice_kind",
    "project_code",
    "buyer",
)


def content_digest(article: ArticleRow) -> str:
    """SM3 over the article as published; the publisher renders a page anew only when it moved."""
    content: dict[str, object] = {name: getattr(article, name) for name in COVERED}
    content |= {
        "column": article.column_id,
        "published_at": article.published_at.isoformat() if article.published_at else "",
        "changed_by": article.changed_by_id,
        "interprets": article.interprets_id,
        "closes_on": article.closes_on.isoformat() if article.closes_on else "",
        "dated": article.dated.isoformat() if article.dated else "",
        "attachments": article.attachments,
    }
    return hashlib.new("sm3", json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
