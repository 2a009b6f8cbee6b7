"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "answer": _("审核并发出答复"),
    "ask_extension": _("申请延期"),
    "assist": _("写协办意见"),
    "bring_order": _("导入12345工单"),
    "call_back": _("登记回访"),
    "classify": _("来信分类"),
    "dispatch": _("来信派单"),
    "draft": _("拟写来信答复"),
    "extend": _("同意延期"),
    "give_back": _("退单"),
    "hand_over": _("转为信息公开申请"),
    "publish_mailbox": _("发布信箱表单"),
    "receive": _("收到来信"),
    "refuse_extension": _("不同意延期"),
    "register": _("登记来信"),
    "send_back": _("退回来信答复"),
    "sign_for": _("签收来信"),
    "transfer": _("移送举报"),
    "urge": _("催办来信"),
}
