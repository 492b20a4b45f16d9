"""What can a rule ask that no expression says? The named checks, as a pack's YAML says them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from compliance.model.base import Model

DottedId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]


class Present(Model):
    """Named check: every indicator is reported."""

    present: tuple[DottedId, ...]


class Together(Model):
    """Named check: the indicators are reported all or none."""

    together: tuple[DottedId, ...]


class Cites(Model):
    """Named check on the legal texts that a report cites.

    `one_date`: a document is cited with one date. `register_date`: with the date of the register; not held
    against a document cited with two. `in_force`: it is in force on the report date.
    """

    cites: Literal["one_date", "register_date", "in_force"]


class Submitted(Model):
    """Named check: every direct child that is due has submitted."""

    submitted: Literal["children"]


class PeerMeasure(Model):
    """A unit against the median of its peers (same level, same parent)."""

    measure: DottedId
    threshold: Decimal
    """How many percent points (a rate) or times (an indicator) away from the median is far."""
    min_units: Annotated[int, Field(ge=3)]
    """Below this many peers nothing is said."""


class Peers(Model):
    """Named check: the unit is not far from its peers."""

    peers: PeerMeasure


class Stated(Model):
    """Named check, generated: the stated rate is the exact one at its printed decimals (half-up)."""

    stated: DottedId


class RollUp(Model):
    """Named check, generated: the parent's figure is the sum of its direct children's."""

    rollup: DottedId


NamedCheck = Present | Together | Cites | Submitted | Peers | Stated | RollUp
