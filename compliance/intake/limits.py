"""How large may a file be that is opened?

A form of one unit has about a thousand cells and some ten kilobytes. The limits stand far above that, and far
below what would exhaust an office computer; whoever has larger files raises them all by one factor.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """What is looked at before a workbook or an archive is opened."""

    file_bytes: int = 8 * 1024 * 1024
    """The file as it lies on the disk."""
    unpacked_bytes: int = 64 * 1024 * 1024
    """All its parts together, unpacked."""
    part_bytes: int = 8 * 1024 * 1024
    """A part of a workbook that is neither a sheet nor the list of its texts."""
    ratio: int = 120
    """How many times larger a part of over a mebibyte may be than it is packed; text seldom passes 30."""
    parts: int = 2_000
    """Parts of a workbook, or files in an archive."""
    rows: int = 50_000
    """The lowest row with anything in it."""
    columns: int = 1_000
    """The rightmost column with anything in it."""
    cells: int = 100_000
    """Cells of all sheets, those under merged ranges and links included."""
    elements: int = 100_000
    """Elements of a workbook that are not cells: styles, validations, notes."""
    depth: int = 128
    """How deep elements may lie in each other."""

    def times(self, factor: int) -> Limits:
        """The limits raised; what guards against a fault of form, the depth, stays."""
        raised = {item.name: getattr(self, item.name) * factor for item in fields(self)}
        return Limits(**raised | {"depth": self.depth})


STANDARD = Limits()
