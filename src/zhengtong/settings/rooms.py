"""The rooms that each network opens."""

OFFICE = ("zhengtong.office.documents", "zhengtong.office.dispatch", "zhengtong.office.archive")
BUSINESS = ("zhengtong.business.sites", "zhengtong.business.items", "zhengtong.business.cases")
PORTAL = ("zhengtong.portal.pages", "zhengtong.portal.counter")
OVERSIGHT = ("zhengtong.oversight.timelimits",)
