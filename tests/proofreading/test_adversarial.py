"""Texts made to exhaust a reader end all the same; the limits are wide and catch a blow-up."""

from __future__ import annotations

import time
import tracemalloc
from random import Random

import pytest

from compliance.intake.packs import dataset_root
from compliance.proofreading import find_slips, proofread

MEBIBYTE = 1024 * 1024
PIECE = MEBIBYTE // 8
"""An eighth of a mebibyte: what grows with the square of the text is seen here, and the suite stays quick."""

DRAW = Random(20200521)  # noqa: S311 - noise, not a secret
TEXTS = {
    "digits": "1",
    "thousands": "1.111",
    "spaces": " ",
    "open brackets": "(",
    "brackets": "()",
    "fractions": "1/2 ",
    "percentages": "5% ",
    "lists": "trong đó 5 hộ, đạt 5%, ",
    "nested lists": "12 hộ (gồm ",
    "words": "hồ sơ ",
    "spans": "từ ngày 01/01/2020 đến ",
    "citations": "9/KH-UBND ngày 1/2/2020 ",
    "documents": "1/A-",
    "telephones": "0299 3856 ",
    "items": "- 5 hộ:\n",
    "lines": "\n",
    "commas": "a,",
    "capitals": "A",
    "enumerations": "có 3 xã gồm: A, ",
    "rises": "từ 1 lên 2 ",
    "combining marks": "a\u0301",
    "noise": "".join(DRAW.choice("0123456789.,/-% ()hộđạt;:\n") for _ in range(5_000)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_an_adversarial_text_ends_in_seconds(name: str) -> None:
    piece = TEXTS[name]
    text = piece * (PIECE // len(piece))
    start = time.process_time()
    proofread(text)
    find_slips(text)
    assert time.process_time() - start < 15


def test_two_hundred_pages_take_less_than_300_mebibytes() -> None:
    page = (dataset_root() / "long-phu-2020-h1-report" / "bao-cao.txt").read_text(encoding="utf-8")
    text = f"{page}\n" * 50
    tracemalloc.start()
    claims = proofread(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(claims) > 1_000
    # a quarter of two hundred pages, of 3,000 characters each, and a quarter of the memory
    assert peak < 75 * MEBIBYTE
