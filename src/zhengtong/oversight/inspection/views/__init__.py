"""The inspection pages."""

from .orders import answer, drop, give_order, order, orders
from .sites import board, board_file, edit, enter, finding, look_again, picture, report_file, site, stop

__all__ = [
    "answer", "board", "board_file", "drop", "edit", "enter", "finding", "give_order", "look_again", "order", "orders", "picture",
    "report_file", "site", "stop",
]  # fmt: skip
