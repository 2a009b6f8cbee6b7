"""Archived records as packages that outlive this system: DA/T 46 metadata, DA/T 48 packages, the transfer carrier, verification.

No tables, no Django: what is written here can be read and verified on any machine.
"""

from .record import Agent, Content, Event, Record

__all__ = ("Agent", "Content", "Event", "Record")
