"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "begin_redaction": _("开始遮盖处理"),
    "finish_redaction": _("完成遮盖并核验"),
    "mark": _("标出遮盖内容"),
    "unmark": _("取消遮盖标记"),
    "complete": _("收到补正"),
    "conclude": _("登记复议诉讼结果"),
    "contest": _("登记复议诉讼"),
    "deliver": _("登记送达"),
    "discard": _("作废文书草稿"),
    "draft": _("拟写文书"),
    "forfeit": _("逾期未缴费办结"),
    "give_paper": _("放入提供的文件"),
    "give_up": _("逾期不补正办结"),
    "issue": _("发出文书"),
    "lapse": _("征求意见期满"),
    "make_seal": _("启用信息公开专用章"),
    "merge": _("合并申请"),
    "note_opinion": _("登记征求的意见"),
    "open_desk": _("修改公开指南"),
    "pay": _("登记缴费"),
    "receive": _("收到信息公开申请"),
    "register": _("登记信息公开申请"),
    "reply": _("登记提交答复"),
    "send_back": _("退回文书"),
    "send_up": _("文书送签"),
    "take_away": _("取出提供的文件"),
    "take_up": _("开始办理申请"),
    "withdraw": _("登记撤回申请"),
}
