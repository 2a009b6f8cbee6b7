"""The editing screens: which fields, in which order, and what their buttons lead to."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import registry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from zhengtong.business.sites import queries as sites
from zhengtong.business.sites.publishing.frame import frame
from zhengtong.business.sites.publishing.render import article_page

from . import queries, unpublishing
from .forms import ArticleForm
from .models import Article, DeskEntry
from .permissions import ArticlePolicy


def preview(article: Article, request: HttpRequest, mode_name: str) -> HttpResponse:
    """The desk's preview is the public page itself."""
    return HttpResponse(article_page(frame(article.column.site), article, preview=True))


register_permission_policy(Article, ArticlePolicy(Article))  # before anything asks for Wagtail's own
Article.base_form_class = ArticleForm
Article.serve_preview = preview
FEATURES = ["h2", "h3", "h4", "bold", "italic", "ol", "ul", "hr", "link", "blockquote", "superscript", "subscript"]


class Body(DraftailRichTextArea):
    """The editor with a name that screen readers say; Wagtail's own has none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options["ariaLabel"] = _("正文")


class ToConfirmation:
    """Publishing is an official act: the draft is saved, then the one confirmation with the key's PIN is shown."""

    def publish_action(self):
        return redirect(reverse("sites:article", args=[self.object.pk]) + "#publish")


class ArticleCreate(ToConfirmation, CreateView):
    pass


class ArticleEdit(ToConfirmation, EditView):
    pass


def _columns(request):
    return sites.columns_for(request.person)


class ArticleFilters(WagtailFilterSet):
    """Filters of the list: the person's own columns, and the state."""

    column = ModelChoiceFilter(label=_("栏目"), queryset=_columns, widget=forms.Select)

    class Meta:
        model = Article
        fields = ["column", "state"]


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "doc-full"
    menu_label = _("文章")
    menu_order = 100
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["title", "column", Column("get_state_display", label=_("状态")), "published_at"]
    filterset_class = ArticleFilters
    search_fields = ["title", "number"]
    list_per_page = 50
    add_view_class = ArticleCreate
    edit_view_class = ArticleEdit
    unpublish_view_class = unpublishing.ToWithdrawal

    def get_queryset(self, request):
        return queries.visible(request.person)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("column"), FieldPanel("source"), FieldPanel("author")]),
        FieldPanel("body", widget=Body(features=FEATURES)),
        FieldPanel("summary"),
        FieldPanel("keywords"),
        MultiFieldPanel([FieldPanel("new_attachment"), FieldPanel("drop")], heading=_("附件")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("dated")]),
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("issuer"), FieldPanel("validity")]),
            ],
            heading=_("公文信息"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("interprets_number"), FieldPanel("changed_by_number")])],
            heading=_("与其他文件的关系"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("notice_kind"), FieldPanel("project_code")]),
                FieldRowPanel([FieldPanel("buyer"), FieldPanel("closes_on")]),
            ],
            heading=_("公共资源交易公告"),
        ),
    ]


register_snippet(ArticleViewSet)


@hooks.register("register_log_actions")
def our_log(actions):
    registry.register_model(Article, DeskEntry)


@hooks.register("register_admin_menu_item")
def way_back():
    """From the desk back to the lists of the business network."""
    return MenuItem(_("返回文章列表"), reverse("sites:articles"), name="back", icon_name="arrow-left", order=10)


@hooks.register("construct_main_menu")
def only_articles(request, menu_items):
    """The desk is for writing; sites, users and settings are not kept there."""
    articles = reverse("wagtailsnippets_desk_article:list")
    menu_items[:] = [item for item in menu_items if item.name == "back" or item.url == articles]


@hooks.register("insert_global_admin_css")
def own_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
