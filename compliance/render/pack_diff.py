"""What does a reader see of the difference between two packs, and of what it would have changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.messages import text
from compliance.model.comparison import DIFFERENCE_KINDS
from compliance.model.submission import Period
from compliance.render.blocks import Block, Heading, Paragraph, section
from compliance.render.what_if import say_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.model.comparison import (
        AcceptanceChange,
        DifferenceKind,
        FieldDifference,
        ItemDifference,
        PackDifference,
        Replay,
        VerdictChange,
    )
    from compliance.model.rulepack import RulePack


def compose_pack_diff_blocks(pack: RulePack, result: PackDifference) -> Iterator[Block]:
    """What differs by kind, the weightiest first, then the replay; `pack` names the units."""
    yield Heading(
        text(
            "pack_diff.title",
            old=result.old.id,
            old_version=result.old.version,
            new=result.new.id,
            new_version=result.new.version,
        ),
        1,
    )
    yield Paragraph(_summary(result))
    for kind in DIFFERENCE_KINDS:
        found = tuple(_item(item, kind) for item in result.differences if kind in item.kinds)
        title = text("pack_diff.section", kind=_kind(kind).capitalize(), count=len(found))
        yield from section(title, found)
    if result.replay is not None:
        yield from _replay(pack, result.replay)


def _kind(kind: DifferenceKind) -> str:
    return text(f"pack_diff.kind.{kind}")


def _summary(result: PackDifference) -> str:
    if not result.differences:
        return text("pack_diff.same")
    counts = {kind: sum(kind in item.kinds for item in result.differences) for kind in DIFFERENCE_KINDS}
    kinds = (
        text("pack_diff.counted", kind=_kind(kind), count=count) for kind, count in counts.items() if count
    )
    return text("pack_diff.summary", count=len(result.differences), kinds=", ".join(kinds))


def _item(item: ItemDifference, kind: DifferenceKind) -> str:
    """One thing that differs, with its particulars of the one kind."""
    subject = text(f"pack_diff.subject.{item.subject}")
    words = text("pack_diff.item", subject=subject, id=item.id, title=item.title)
    if item.renamed_from:
        words = text("pack_diff.renamed", item=words, former=item.renamed_from)
    if item.reason:
        return text("pack_diff.with_reason", item=words, reason=item.reason)
    fields = "; ".join(_field(field) for field in item.fields if field.kind == kind)
    return text("pack_diff.with_fields", item=words, fields=fields) if fields else words


def _field(field: FieldDifference) -> str:
    nothing = text("pack_diff.nothing")
    return text(
        "pack_diff.field",
        field=text(f"pack_diff.name.{field.field}"),
        before=field.before or nothing,
        after=field.after or nothing,
    )


def _replay(pack: RulePack, replay: Replay) -> Iterator[Block]:
    yield Heading(text("pack_diff.replay.title", count=replay.submissions))
    groups = {
        "newly_failing": replay.newly_failing,
        "newly_passing": replay.newly_passing,
        "otherwise": replay.otherwise,
    }
    if not any(groups.values()):
        yield Paragraph(text("pack_diff.replay.none"))
    yield from section(
        text("pack_diff.replay.acceptance"), (_acceptance(pack, change) for change in replay.acceptance)
    )
    for group, changes in groups.items():
        title = text(f"pack_diff.replay.{group}", count=len(changes))
        yield from section(title, (_change(pack, change) for change in changes))


def _acceptance(pack: RulePack, change: AcceptanceChange) -> str:
    return text(
        "pack_diff.replay.accepted",
        unit=_name(pack, change.unit),
        period=Period.parse(change.period).label,
        before=text(f"acceptance.{change.before}"),
        after=text(f"acceptance.{change.after}"),
    )


def _change(pack: RulePack, change: VerdictChange) -> str:
    return text(
        "pack_diff.replay.change",
        rule=change.rule,
        title=change.title,
        unit=_name(pack, change.unit),
        period=change.id.split("@")[2].split("#")[0],
        before=say_verdict(change.before),
        after=say_verdict(change.after),
        reason=change.reason_after or change.reason_before,
    )


def _name(pack: RulePack, unit: str) -> str:
    return pack.unit[unit].label if unit in pack.unit else unit
