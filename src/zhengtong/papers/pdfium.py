"""PDFium is not made for several threads: whoever uses it holds this lock, in whichever room."""

from threading import Lock

ALONE = Lock()
