from __future__ import annotations

import pytest

from compliance.messages import UnknownMessageError, lower_first, text, upper_first


def test_words_fit_into_a_sentence_and_an_abbreviation_stays() -> None:
    assert [lower_first(words) for words in ("Tỷ lệ", "UBND xã", "")] == ["tỷ lệ", "UBND xã", ""]
    assert [upper_first(words) for words in ("đến nay", "UBND xã", "")] == ["Đến nay", "UBND xã", ""]


def test_a_sentence_without_one_of_its_values_is_an_error() -> None:
    with pytest.raises(UnknownMessageError):
        text("cli.cannot_write", path="x.docx")
    with pytest.raises(UnknownMessageError):
        text("cli.no_such_sentence")
