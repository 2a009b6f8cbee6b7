"""A slip's template as BPMN 2.0 (ISO/IEC 19510) with its drawing, and back. What only a slip says stands in our own namespace.

A row is a user task, rows side by side lie between a diverging and a converging parallel gateway, whose work it is is a lane. What BPMN
can say beyond that (conditions, loops, messages, nested processes) a slip can't: such a file is refused with the element named.
"""

from .reading import read
from .words import MOST_BYTES, Sheet
from .writing import write

__all__ = ["MOST_BYTES", "Sheet", "read", "write"]
