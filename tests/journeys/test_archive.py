"""The archivist's January: file, look at an item, let it out and in, check, balance the year, hand it over."""

import re

ARCHIVIST = "gu.nian"
RECEIVED = "云州市气象局关于加强低温雨雪天气防范的通知"  # of the demo county, closed
PARTS = ("正本", "处理单", "元数据", "处理过程")


def test_an_archivist_files_checks_balances_and_hands_over(come):
    archivist = come("office", ARCHIVIST)
    file_one(archivist)
    look(archivist)
    out_and_in(archivist)
    check(archivist)
    balance(archivist)
    hand_over(archivist)


def file_one(archivist):
    """The class is proposed by the plan; what no machine can answer is confirmed."""
    archivist.menu("待归档").tick_only(f"归档{RECEIVED}")
    assert archivist.field(f"{RECEIVED}的类目").input_value() == "YWL"
    archivist.open("归档所选各件")
    for question in archivist.dialog("归档").get_by_role("checkbox").all():
        question.check()
    archivist.confirm("归档", "归档所选各件").sees(RECEIVED)


def look(archivist):
    """Everything of the item is there, and every part can be taken out."""
    archivist.menu("归档文件目录").follow(RECEIVED).sees("各部分齐全，与固化的摘要相符").sees("签收登记").picture("office-item")
    for part in PARTS:
        assert archivist.save(part).stat().st_size


def out_and_in(archivist):
    """The package leaves, and is not taken in twice; what is no package is refused with its reason."""
    with archivist.page.expect_download() as download:
        archivist.main.get_by_role("button", name="导出封装包").click()
    package = download.value.path()
    assert download.value.suggested_filename.endswith(".eep")
    archivist.menu("归档文件目录").follow("导入封装包")
    archivist.attach("封装包", [package]).open("核验并导入").sees("内容相同，不重复导入").picture("office-take-in")


def answer(archivist):
    """Every question with yes."""
    for choice in archivist.main.get_by_label("符合", exact=True).all():
        choice.check()
    archivist.press("记录回答").sees("已记录回答")


def check(archivist):
    """The yearly check is due from the first item on."""
    archivist.menu("四性检测").sees("年度检测到期").press("开始年度检测").sees("CQ-1-1").sees("待回答").picture("office-checks")
    answer(archivist)
    archivist.menu("四性检测").sees("再次年度检测")


def balance(archivist):
    """A paper that only asks to be read is left out with a reason, and taken back."""
    archivist.menu("归档平衡表").follow("核对页数和摘要").sees("各件的页数和摘要与所存文件相符").picture("office-balance")
    archivist.main.get_by_label(re.compile("^选择云政收")).last.check()
    archivist.open("所选各件不归档")
    dialog = archivist.dialog("不归档")
    archivist.choose("理由", "上级普发性文件，不需本机关办理", dialog).press("定为不归档", dialog).sees("已定为不归档1件")
    archivist.main.get_by_role("button", name=re.compile("^恢复")).first.click()
    archivist.sees("已恢复，仍须归档")


def hand_over(archivist):
    """Nothing is handed over before every check is answered."""
    archivist.menu("档案移交")
    year = archivist.field("年度")
    year.fill(str(int(year.input_value()) + 1))
    archivist.write("接收单位", "云岭县档案馆").press("提出移交").sees("待检测")
    code = archivist.main.get_by_role("heading", level=1).inner_text().removeprefix("移交")
    archivist.press("检测").sees("YJ-4-4")
    answer(archivist)
    archivist.menu("档案移交").follow(code).open("移交").confirm("移交", "移交").sees("已移交").picture("office-transfer")
    assert archivist.save("下载载体").stat().st_size
