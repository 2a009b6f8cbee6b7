"""Red-headed pages by GB/T 9704-2012: geometry as data, one Typst template, PDF out.

`press.notice(paper, at)` sets a `paper.Paper`; `fonts.report()` says which faces are in use.
"""
