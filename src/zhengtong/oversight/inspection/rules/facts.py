"""What a visit saw, as plain values that a file can hold; nothing here judges."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a page is to a visitor."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"
    GUIDE = "guide"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: its title, where it leads, the day beside it, and the rest of the line (a letter's state)."""

    title: str
    url: str
    day: date | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault with its evidence."""

    fault: str
    url: str
    evidence: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """One page as it was answered and read."""

    url: str
    status: int
    seconds: float
    at: str
    depth: int = 0
    kind: str = Kind.OTHER.value
    title: str = ""
    heading: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # (address, words) inside the site
    files: list[tuple[str, str]] = field(default_factory=list)  # (address, attachment|image|asset)
    published: date | None = None
    body: str = ""  # digest of the body's text; "" where it is too short to tell copies
    sm3: str = ""  # digest of what was sent
    notes: list[Finding] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)  # of a guide
    says: str = ""  # a letter that it waits for its answer, a list that it has nothing
    offers: list[str] = field(default_factory=list)  # channel, services: what its links promise
    form: bool = False  # something can be written and sent here
    error: str = ""
    to: str = ""  # where a redirect led
    size: int = -1  # bytes that were sent
    headers: dict[str, str] = field(default_factory=dict)  # those of the answer that are evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """What an attachment, an image or another address answered when it was only knocked at."""

    url: str
    kind: str
    status: int
    error: str = ""
    size: int = -1
    start: str = ""  # first bytes, hexadecimal
    type: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One try to open the home page."""

    at: str
    seconds: float
    status: int
    error: str = ""


@dataclass(slots=True)
class Visit:
    """A whole visit of one site."""

    site: str
    began: str
    ended: str = ""
    complete: bool = False
    cut: str = ""  # why it ended early
    pages: dict[str, Page] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    tries: list[Try] = field(default_factory=list)
    network: dict[str, object] = field(default_factory=dict)  # certificate, IPv6, robots
    manifest: dict[str, str] = field(default_factory=dict)
    dynamic: list[str] = field(default_factory=list)

    @property
    def home(self) -> Page | None:
        return next((page for page in self.pages.values() if page.depth == 0), None)

    @property
    def day(self) -> date:
        """The day of the visit."""
        return datetime.fromisoformat(self.began).date()

    def answered(self, url: str) -> dict[str, object]:
        """How an address was answered, as evidence: when, with what, how long it took, the digest of what was sent; empty if nobody asked."""
        if (page := self.pages.get(url)) is not None:
            kept = {
                "at": page.at, "status": page.status, "seconds": page.seconds, "error": page.error, "to": page.to, "size": page.size,
                "sm3": page.sm3, "headers": dict(page.headers),
            }  # fmt: skip
        elif (one := self.answers.get(url)) is not None:
            kept = {"status": one.status, "error": one.error, "size": one.size, "type": one.type, "start": one.start}
        else:
            kept = {}
        return {name: value for name, value in kept.items() if value not in ("", -1, {})}

    def good(self) -> Sequence[Page]:
        """Pages that answered and could be read."""
        return [page for page in self.pages.values() if page.status == 200 and not page.error]


def plain(value: object) -> object:
    """As JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def page_row(page: Page) -> object:
    return plain(asdict(page))


def page_of(row: Mapping[str, object]) -> Page:
    """A page from its row; the reverse of `page_row`."""
    values = dict(row)
    values["items"] = [Item(str(i["title"]), str(i["url"]), _day(i["day"]), str(i["rest"])) for i in _rows(row["items"])]
    values["notes"] = [Finding(str(n["fault"]), str(n["url"]), dict(n["evidence"])) for n in _rows(row["notes"])]  # type: ignore[call-overload]
    values["links"], values["files"] = [tuple(one) for one in row["links"]], [tuple(one) for one in row["files"]]  # type: ignore[attr-defined]
    values["published"] = _day(row["published"])
    return Page(**values)  # type: ignore[arg-type]


def visit_row(visit: Visit) -> dict[str, object]:
    """The whole visit as JSON holds it."""
    row = plain(asdict(visit))
    assert isinstance(row, dict)
    return row


def try_of(row: Mapping[str, object]) -> Try:
    return Try(str(row["at"]), float(str(row["seconds"])), int(str(row["status"])), str(row["error"]))


def visit_of(row: Mapping[str, object]) -> Visit:
    values = dict(row)
    values["pages"] = {url: page_of(page) for url, page in dict(row["pages"]).items()}  # type: ignore[call-overload]
    values["answers"] = {url: Answer(**one) for url, one in dict(row["answers"]).items()}  # type: ignore[call-overload]
    values["tries"] = [try_of(one) for one in _rows(row["tries"])]
    return Visit(**values)  # type: ignore[arg-type]


def _rows(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
