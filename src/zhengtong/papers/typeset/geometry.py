"""The measures of GB/T 9704-2012 as rows; the template takes every length from here.

A 字 is the width of one character of the body; a 行 is its height plus seven eighths of 3号 (3.1, 3.2).
"""

from dataclasses import dataclass

MM = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: its name, how much, in which unit (mm, pt, 字, 行) and the clause that sets it."""

    name: str
    value: float
    unit: str
    clause: str


# fmt: off
ROWS = (
    #   name                 value  unit  clause
    Row("paper_width",        210, "mm", "5.1"),
    Row("paper_height",       297, "mm", "5.1"),
    Row("margin_top",          37, "mm", "5.2.1"),
    Row("margin_left",         28, "mm", "5.2.1"),
    Row("area_width",         156, "mm", "5.2.1"),
    Row("area_height",        225, "mm", "5.2.1"),
    Row("lines",               22, "行", "5.2.3"),
    Row("chars",               28, "字", "5.2.3"),
    Row("body_size",           16, "pt", "5.2.2"),      # 3号
    Row("mark_top",            35, "mm", "7.2.4"),      # below the top of the type area
    Row("mark_size_most",      48, "pt", "7.2.4"),      # "醒目、美观、庄重", set no size
    Row("mark_to_number",       2, "行", "7.2.5"),
    Row("number_left",          1, "字", "7.2.5"),      # 上行文
    Row("signer_right",         1, "字", "7.2.6"),
    Row("number_to_red_line",   4, "mm", "7.2.7"),
    Row("red_line",           0.7, "mm", "7.2.7"),      # thickness free
    Row("red_line_to_title",    2, "行", "7.3.1"),
    Row("title_size",          22, "pt", "7.3.1"),      # 2号
    Row("title_to_recipients",  1, "行", "7.3.2"),
    Row("indent",               2, "字", "7.3.3"),
    Row("body_to_attachments",  1, "行", "7.3.4"),
    Row("date_right_sealed",    4, "字", "7.3.5.1"),
    Row("seal_below_text",      8, "mm", "7.3.5.1"),    # its top at most one 行 below the text
    Row("seal_size",           42, "mm", "7.3.5.1"),    # size by 国发〔1999〕25号 for a county government
    Row("name_right",           2, "字", "7.3.5.2"),    # without seal
    Row("date_after_name",      2, "字", "7.3.5.2"),
    Row("body_to_name",         1, "行", "7.3.5.2"),
    Row("note_indent",          2, "字", "7.3.6"),
    Row("attachment_title",     3, "行", "7.3.7"),      # stands on the third line
    Row("joint_marks_height",  60, "mm", "7.2.4"),      # all names of a joint mark together, set no height
    Row("joint_short",          8, "字", "7.3.5.1"),    # names up to here: three seals in a row
    Row("joint_middle",        12, "字", "7.3.5.1"),    # up to here two, longer ones one
    Row("joint_first_of_three", 22, "mm", "7.3.5.1"),   # the middle of the first seal in a row, from the left
    Row("joint_first_of_two",  34, "mm", "7.3.5.1"),
    Row("joint_row",           47, "mm", "7.3.5.1"),    # from one row of seals to the next: they do not touch
    Row("body_to_stamp",        2, "行", "7.3.5.3"),
    Row("stamp_size",          26, "pt", "7.3.5.3"),    # set no size
    Row("office_to_stamp",      2, "字", "7.3.5.3"),
    Row("stamp_to_date",        1, "行", "7.3.5.3"),
    Row("table_size",          14, "pt", "8"),          # set no size
    Row("letter_mark_top",     30, "mm", "10.1"),       # from the paper's edge
    Row("letter_mark_to_line",  4, "mm", "10.1"),
    Row("letter_line_width",  170, "mm", "10.1"),
    Row("letter_last_line",   277, "mm", "10.1"),       # 20 mm above the paper's lower edge
    Row("letter_lines_high",  1.6, "mm", "10.1"),       # both lines together; thickness free
    Row("letter_thick",       0.8, "mm", "10.1"),
    Row("letter_thin",       0.25, "mm", "10.1"),
    Row("letter_to_title",      2, "行", "10.1"),
    Row("order_mark_top",      20, "mm", "10.2"),       # below the top of the type area
    Row("order_to_number",      2, "行", "10.2"),
    Row("order_to_text",        2, "行", "10.2"),
    Row("imprint_thick",     0.35, "mm", "7.4.1"),
    Row("imprint_thin",      0.25, "mm", "7.4.1"),
    Row("imprint_size",        14, "pt", "7.4.2"),      # 4号
    Row("imprint_sides",        1, "字", "7.4.2"),
    Row("page_number_size",    14, "pt", "7.5"),
    Row("page_number_below",    7, "mm", "7.5"),        # the dash, below the type area
    Row("page_number_side",     1, "字", "7.5"),
)
# fmt: on
MEASURES = {row.name: row for row in ROWS}

TITLE_CHARS = int(MEASURES["area_width"].value * MM / MEASURES["title_size"].value)  # 2号 characters in one line
# 7.3.5.5: where seal and date find no room beside text, the line pitch gives; tried in this order.
LINES_TRIED = (22, 23, 21, 24, 20)


def points() -> dict[str, float]:
    """Every measure as the template takes it: lengths in points, 字 and 行 as counts."""
    return {row.name: row.value * MM if row.unit == "mm" else float(row.value) for row in ROWS}
