"""Sites, their columns, their releases, and what an article is made of.

The article's table itself is `desk.Article`, because the editors' desk adds drafts, revisions and locks to
it; everything that has a meaning outside the desk is declared here and knows nothing of Wagtail.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules
from .rules import content, review, rooms


class Site(models.Model):
    """The county's site, or a room of the cluster: a department's or township's part below the county's domain.

    What the law knows is one site with one identification code; a room has its own owner, columns and contacts, and no domain.
    """

    code = models.CharField(_("站点代码"), max_length=20, unique=True)
    name = models.CharField(_("规范名称"), max_length=80)
    main = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rooms", verbose_name=_("所属门户"))
    path = models.CharField(_("子站路径"), max_length=20, blank=True)
    template = models.CharField(_("模板"), max_length=12, blank=True, choices=[(t.code, _(t.name)) for t in rooms.TEMPLATES.values()])
    review = models.CharField(_("审核方式"), max_length=8, default="final", choices=[(k, _(v[0])) for k, v in review.SCHEMES.items()])
    state = models.CharField(
        _("状态"), max_length=8, default=rooms.SiteState.OPEN.value, choices=[(k.value, _(v)) for k, v in rooms.SITE_STATES.items()]
    )
    opened_on = models.DateField(_("开通日期"), null=True, blank=True)
    closed_because = models.CharField(_("关停原因"), max_length=200, blank=True)
    domain = models.CharField(_("主域名"), max_length=120, blank=True)
    organ = models.CharField(_("主办单位代码"), max_length=20)
    operator = models.CharField(_("承办单位代码"), max_length=20, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=120)
    contact = models.CharField(_("联系方式"), max_length=200)
    party_mark = models.CharField(_("党政机关网站标识"), max_length=23, blank=True)
    identification_code = models.CharField(_("网站标识码"), max_length=10, blank=True)
    icp = models.CharField(_("ICP备案编号"), max_length=30, blank=True)
    police = models.CharField(_("公安机关备案标识"), max_length=30, blank=True)
    report_error = models.CharField(_("“我为政府网站找错”入口"), max_length=200, blank=True)
    edition = models.PositiveBigIntegerField(_("内容版次"), default=0)

    class Meta:
        ordering = ["code"]
        verbose_name = _("站点")
        constraints = [
            models.CheckConstraint(name="sites_site_has_a_code", condition=~Q(code="")),
            models.CheckConstraint(name="sites_site_state", condition=Q(state__in=[k.value for k in rooms.SiteState])),
            models.CheckConstraint(name="sites_site_review", condition=Q(review__in=list(review.SCHEMES))),
            models.CheckConstraint(
                name="sites_room_has_a_path_and_no_domain",
                condition=(Q(main__isnull=True) & Q(path="") & ~Q(domain="")) | (Q(main__isnull=False) & ~Q(path="") & Q(domain="")),
            ),
            models.CheckConstraint(name="sites_closed_room_says_why", condition=~Q(state="closed") | ~Q(closed_because="")),
            models.UniqueConstraint(fields=["domain"], condition=~Q(domain=""), name="sites_domain_once"),
            models.UniqueConstraint(fields=["path"], condition=~Q(path=""), name="sites_room_path_once"),
            models.UniqueConstraint(fields=["organ"], condition=Q(main__isnull=False), name="sites_one_room_for_an_organ"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def head(self) -> "Site":
        """The site that the law knows: the county's, for a room that it belongs to."""
        return self.main or self

    @property
    def host(self) -> str:
        """The domain under which the pages stand."""
        return self.head.domain

    @property
    def root(self) -> str:
        """The address of the home page below the domain."""
        return f"/{self.path}/" if self.path else "/"

    def has_news(self) -> None:
        """Let the worker know that the cluster has something new to release; called inside an action."""
        Site.objects.filter(pk=self.pk).update(edition=models.F("edition") + 1)

    def marks(self) -> dict[str, str]:
        """The seven marks of 《网页设计规范》: the county's, with the owner and contact of this part of it."""
        own = {mark.code: getattr(self.head, mark.code, "") for mark in rules.MARKS}
        return {**own, "organiser": f"{self.organiser} {self.contact}".strip(), "site_map": "/sitemap/"}


class Column(models.Model):
    """A column of a site, owned by an organ that must keep it up to date (发展指引 三、五)."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="columns", verbose_name=_("站点"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级栏目"))
    path = models.CharField(_("路径"), max_length=120)
    name = models.CharField(_("名称"), max_length=40)
    description = models.CharField(_("说明"), max_length=120)
    keywords = models.CharField(_("关键词"), max_length=120)
    column_type = models.CharField(_("栏目类别"), max_length=60)
    kind = models.CharField(
        _("页面形式"), max_length=12, choices=[(k.value, _(v)) for k, v in rules.COLUMN_KINDS.items()], default=rules.ColumnKind.LIST.value
    )
    content = models.CharField(
        _("内容类别"), max_length=16, choices=[(k.value, _(v)) for k, v in content.CONTENTS.items()], default=content.Content.DOCUMENT.value
    )
    owner = models.CharField(_("责任单位代码"), max_length=20)
    period = models.CharField(_("更新周期"), max_length=12, choices=[(p.code, _(p.name)) for p in rules.PERIODS], default="declared")
    declared_days = models.PositiveSmallIntegerField(_("申报周期（天）"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    on_home = models.BooleanField(_("在首页显示"), default=False)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("栏目")
        constraints = [
            models.UniqueConstraint(fields=["path"], name="sites_column_path_once"),
            models.CheckConstraint(name="sites_column_content", condition=Q(content__in=[k.value for k in content.Content])),
            models.CheckConstraint(name="sites_column_kind", condition=Q(kind__in=[k.value for k in rules.ColumnKind])),
            models.CheckConstraint(name="sites_column_period", condition=Q(period__in=[p.code for p in rules.PERIODS])),
            models.CheckConstraint(name="sites_declared_period_has_days", condition=~Q(period="declared") | Q(declared_days__isnull=False)),
            models.CheckConstraint(name="sites_column_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class Gathering(models.Model):
    """按规则汇集: a column also shows what other columns of the cluster publish, chosen by content, organ, kind of room and topic word."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="gatherings", verbose_name=_("显示在栏目"))
    content = models.CharField(_("内容类别"), max_length=16, blank=True, choices=[(k.value, _(v)) for k, v in content.CONTENTS.items()])
    organ = models.CharField(_("单位代码"), max_length=20, blank=True)
    template = models.CharField(_("子站类别"), max_length=12, blank=True, choices=[(t.code, _(t.name)) for t in rooms.TEMPLATES.values()])
    topic = models.CharField(_("主题词"), max_length=20, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("汇集规则")
        constraints = [
            models.UniqueConstraint(fields=["column", "content", "organ", "template", "topic"], name="sites_gathering_once"),
            models.CheckConstraint(name="sites_gathering_asks_for_something", condition=~Q(content="") | ~Q(topic="")),
        ]

    def __str__(self) -> str:
        return f"{self.column} ← {self.get_content_display() or self.topic}"

    def takes(self, column: Column, site: Site) -> bool:
        """Whether articles of that column, which stands in that site, are meant; the topic word is asked of each article."""
        return (
            self.content in ("", column.content)
            and self.organ in ("", site.organ if site.main_id else column.owner)
            and self.template in ("", site.template)
        )


class ArticleRow(models.Model):
    """An article as one flat row: what stands on its public page."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="articles", verbose_name=_("栏目"))
    title = models.CharField(_("标题"), max_length=rules.TITLE_LIMIT)
    body = models.TextField(_("正文"), blank=True)
    summary = models.CharField(_("摘要"), max_length=rules.SUMMARY_LIMIT, blank=True)
    source = models.CharField(_("来源"), max_length=80)
    author = models.CharField(_("作者"), max_length=40, blank=True)
    keywords = models.CharField(_("关键词"), max_length=120, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    dated = models.DateField(_("成文日期"), null=True, blank=True)
    index_number = models.CharField(_("索引号"), max_length=60, blank=True)
    issuer = models.CharField(_("发布机构"), max_length=120, blank=True)
    validity = models.CharField(
        _("有效性"), max_length=10, blank=True, default="", choices=[(k.value, _(v)) for k, v in rules.VALIDITY_LABELS.items()]
    )
    changed_by = models.ForeignKey(
        "desk.Article", models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("修改或废止它的文件")
    )
    interprets = models.ForeignKey(
        "desk.Article", models.PROTECT, null=True, blank=True, related_name="interpretations", verbose_name=_("被解读的文件")
    )
    notice_kind = models.CharField(
        _("公告类型"), max_length=16, blank=True, default="", choices=[(n.code, _(n.name)) for n in content.NOTICES.values()]
    )
    project_code = models.CharField(_("项目编号"), max_length=60, blank=True)
    buyer = models.CharField(_("招标人或采购人"), max_length=80, blank=True)
    closes_on = models.DateField(_("截止日期"), null=True, blank=True)
    attachments = models.JSONField(_("附件"), default=list, blank=True)  # [{"sm3", "name", "kind", "size"}] in order
    state = models.CharField(
        _("状态"), max_length=12, choices=[(k.value, _(v)) for k, v in rules.STATE_LABELS.items()], default=rules.State.DRAFT.value
    )
    origin = models.CharField(_("来件标识"), max_length=120, blank=True)
    public_path = models.CharField(_("公开路径"), max_length=200, blank=True)
    digest = models.CharField(_("已发布内容摘要"), max_length=64, blank=True)
    withdrawn_because = models.CharField(_("撤下原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """One release of a site: a signed folder of files, and what the portal made of it."""

    SENT, SERVING, REFUSED = "sent", "serving", "refused"

    site = models.ForeignKey(Site, models.PROTECT, related_name="releases", verbose_name=_("站点"))
    number = models.PositiveIntegerField(_("序号"))
    edition = models.PositiveBigIntegerField(_("内容版次"))
    manifest = models.CharField(_("清单摘要"), max_length=64)
    files = models.PositiveIntegerField(_("文件数"))
    fresh = models.PositiveIntegerField(_("新文件数"))
    made_at = models.DateTimeField(_("生成时间"))
    state = models.CharField(
        _("状态"), max_length=10, default=SENT, choices=[(SENT, _("已送出")), (SERVING, _("门户已启用")), (REFUSED, _("门户拒收"))]
    )
    reason = models.CharField(_("拒收原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("发布包")
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="sites_release_number_once"),
            models.CheckConstraint(name="sites_release_state", condition=Q(state__in=["sent", "serving", "refused"])),
            models.CheckConstraint(name="sites_refused_release_says_why", condition=~Q(state="refused") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"{self.site.code}-{self.number:06d}"


class Intake(models.Model):
    """导入 of articles from an older site: how many came, and row by row what did not and why."""

    name = models.CharField(_("文件名"), max_length=200)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("导入人代码"), max_length=40)
    by_name = models.CharField(_("导入人"), max_length=80)
    came = models.PositiveIntegerField(_("导入篇数"))
    left = models.JSONField(_("没有导入的"), default=list)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class OldAddress(models.Model):
    """原网址: a path of the older site; whoever asks for it is led to the article, as long as that is public."""

    path = models.CharField(_("原路径"), max_length=300, unique=True)
    article = models.ForeignKey("desk.Article", models.CASCADE, related_name="old_addresses", verbose_name=_("文章"))
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="addresses", verbose_name=_("导入"))

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
