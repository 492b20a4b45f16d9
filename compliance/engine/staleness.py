"""Is a run one under the packs in force, or an older one, and why?

The law in force on the day of the report decides; a pack of another time is none for it. That a pack's own
time had ended on the day of the run is said too: nobody has looked after it since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.model.staleness import Staleness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from compliance.model.check import Check, PackStamp
    from compliance.model.rulepack import PackHeader
    from compliance.model.staleness import StaleReason


def find_ended(header: PackHeader, as_of: date) -> tuple[Staleness, ...]:
    """That the time of the pack had ended on the day of the run, if it had."""
    if header.effective_until is None or header.effective_until >= as_of:
        return ()
    return (_because("ended", header),)


def mark_newer(check: Check, known: Iterable[PackHeader]) -> Check:
    """The check, marked where one of its packs has a newer one beside it for the day of a report."""
    days = {submission.law_date for submission in check.reported}
    headers = tuple(known)
    return _mark(check, tuple(_newer_than(check.pack.chain, headers, days)))


def mark_kept(kept: Check, chain: Sequence[PackHeader]) -> Check:
    """A check of an earlier day, marked where the packs it was made with are not those of today."""
    now = {header.id: header for header in chain}
    found = (_against(stamp, now.get(stamp.id)) for stamp in kept.manifest.packs)
    return _mark(kept, tuple(reason for reason in found if reason is not None))


def _mark(check: Check, reasons: tuple[Staleness, ...]) -> Check:
    together = tuple(dict.fromkeys((*check.manifest.stale_because, *reasons)))
    manifest = check.manifest.model_copy(update={"stale": bool(together), "stale_because": together})
    return check.model_copy(update={"manifest": manifest})


def _newer_than(
    chain: Sequence[PackHeader], known: Sequence[PackHeader], days: Iterable[date]
) -> Iterator[Staleness]:
    for header in chain:
        rivals = [
            other
            for other in known
            if other.jurisdiction == header.jurisdiction
            and any(_in_force(other, day) for day in days)
            and _is_newer(other, header)
        ]
        if rivals:
            yield _because("newer", header, max(rivals, key=_age))


def _in_force(header: PackHeader, day: date) -> bool:
    return header.effective_from <= day and (header.effective_until is None or day <= header.effective_until)


def _is_newer(other: PackHeader, header: PackHeader) -> bool:
    """A later version of the same pack, or a pack that took effect later."""
    if other.id == header.id:
        return _version(other) > _version(header)
    return other.effective_from > header.effective_from


def _age(header: PackHeader) -> tuple[date, tuple[int, ...], str]:
    return header.effective_from, _version(header), header.id


def _version(header: PackHeader) -> tuple[int, ...]:
    return tuple(int(part) for part in header.version.split("."))


def _against(stamp: PackStamp, now: PackHeader | None) -> Staleness | None:
    if now is None:
        return Staleness(reason="gone", pack=stamp.id, version=stamp.version)
    if now.version == stamp.version and now.digest == stamp.digest:
        return None
    return Staleness(
        reason="other_content" if now.version == stamp.version else "other_version",
        pack=stamp.id,
        version=stamp.version,
        now=now.id,
        now_version=now.version,
    )


def _because(reason: StaleReason, header: PackHeader, now: PackHeader | None = None) -> Staleness:
    return Staleness(
        reason=reason,
        pack=header.id,
        version=header.version,
        until=header.effective_until,
        now=now.id if now else "",
        now_version=now.version if now else "",
    )
