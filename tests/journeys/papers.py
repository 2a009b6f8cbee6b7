"""A plain notice for journeys that need one of their own."""

TEXT = "现就{subject}通知如下：\n一、明确任务\n各乡镇要把任务落实到村。\n请遵照执行。"


def notice(clerk, subject):
    """The clerk drafts it and stands on its page; gives its title."""
    title = f"云岭县人民政府关于{subject}的通知"
    clerk.follow("拟写公文").choose("以谁的名义发文", "云岭县人民政府").write("标题", title).tick("各乡镇人民政府")
    clerk.write("正文", TEXT.format(subject=subject)).press("保存草稿")
    return title
