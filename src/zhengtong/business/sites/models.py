"""Sites, their columns, their releases, and what an article is made of.

The article's table itself is `desk.Article`, because the editors' desk adds drafts, revisions and locks to
it; everything that has a meaning outside the desk is declared here and knows nothing of Wagtail.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules


class Site(models.Model):
    """A government site: its name, its domain and the marks at the foot of every page."""

    code = models.CharField(_("站点代码"), max_length=20, unique=True)
    name = models.CharField(_("规范名称"), max_length=80)
    domain = models.CharField(_("主域名"), max_length=120, unique=True)
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
        constraints = [models.CheckConstraint(name="sites_site_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name

    def marks(self) -> dict[str, str]:
        """The seven marks of 《网页设计规范》 with this site's values."""
        own = {mark.code: getattr(self, mark.code, "") for mark in rules.MARKS}
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
    owner = models.CharField(_("责任单位代码"), max_length=20)
    period = models.CharField(_("更新周期"), max_length=12, choices=[(p.code, _(p.name)) for p in rules.PERIODS], default="declared")
    declared_days = models.PositiveSmallIntegerField(_("申报周期（天）"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    on_home = models.BooleanField(_("在首页显示"), default=False)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("栏目")
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="sites_column_path_once"),
            models.CheckConstraint(name="sites_column_kind", condition=Q(kind__in=[k.value for k in rules.ColumnKind])),
            models.CheckConstraint(name="sites_column_period", condition=Q(period__in=[p.code for p in rules.PERIODS])),
            models.CheckConstraint(name="sites_declared_period_has_days", condition=~Q(period="declared") | Q(declared_days__isnull=False)),
            models.CheckConstraint(name="sites_column_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=models.F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


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
