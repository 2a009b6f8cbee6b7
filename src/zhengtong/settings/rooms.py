"""The rooms that each network opens."""

OFFICE = (  # in the order in which the demo plants them
    "zhengtong.foundation.search",
    "zhengtong.office.stamps",
    "zhengtong.office.documents",
    "zhengtong.office.dispatch",
    "zhengtong.office.circulation",
    "zhengtong.office.incoming",
    "zhengtong.office.supervision",
    "zhengtong.office.prints",
    "zhengtong.office.archive",
    "zhengtong.office.borrowing",
    "zhengtong.office.appraisal",
)
BUSINESS = (  # the site shows what the others plant
    "zhengtong.business.items",
    "zhengtong.business.cases",
    "zhengtong.business.disclosure",
    "zhengtong.business.letters",
    "zhengtong.business.sites",
)
PORTAL = ("zhengtong.portal.pages", "zhengtong.portal.search", "zhengtong.portal.counter")
OVERSIGHT = ("zhengtong.oversight.timelimits", "zhengtong.oversight.inspection")
