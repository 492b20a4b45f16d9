"""Whether a file can be read as text, and what is the matter with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compliance.intake.sources import MOST_BYTES, decode, read_text


def code_of(path: Path) -> str:
    text, problems = read_text(path)
    assert text is None
    (problem,) = problems
    assert problem.what
    assert problem.remedy
    return problem.code.removeprefix("intake.source.")


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_in_utf8_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "hồ sơ\n".encode())
    assert read_text(path) == ("hồ sơ\n", ())
    assert read_text(write(path, "hồ sơ\n".encode("utf-8-sig"))) == ("hồ sơ\n", ())


def test_text_is_composed(tmp_path: Path) -> None:
    assert read_text(write(tmp_path / "a.txt", "ho\u0302\u0300".encode()))[0] == "hồ"


def test_places_call_a_file_by_the_name_given(tmp_path: Path) -> None:
    _, problems = read_text(tmp_path / "a.yaml", name="nộp/a.yaml")
    assert problems[0].place.file == "nộp/a.yaml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"a\x00b", "binary"),
        (b"a\x1b[2J", "binary"),
        (b"PK\x03\x04...", "zip"),
        (b"\xd0\xcf\x11\xe0...", "ole"),
        (b"%PDF-1.4", "pdf"),
        ("a".encode("utf-16"), "utf16"),
        ("a".encode("utf-16-be", "ignore").join([b"\xfe\xff", b""]), "utf16"),
        ("Báo cáo".encode("cp1258", "replace"), "encoding"),
    ],
)
def test_content_that_is_no_text_in_utf8_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, code: str
) -> None:
    assert code_of(write(tmp_path / "a.yaml", content)) == code


def test_another_encoding_is_told_at_the_line_where_it_shows() -> None:
    _, problems = decode(b"a: 1\nb: 2\nc: \xe1\n", "a.yaml")
    assert (problems[0].place.line, problems[0].values["byte"]) == (3, "0xE1")


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "none.yaml") == "missing"
    assert code_of(tmp_path) == "folder"
    assert code_of(tmp_path / "pipe") == "not_a_file"


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    assert code_of(path) == "huge"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    path = write(tmp_path / "a.yaml", b"a: 1")
    monkeypatch.setattr(Path, "open", refuse)
    assert code_of(path) == "forbidden"


@pytest.mark.parametrize("name", ["a" * 400 + ".yaml", "a\x00.yaml"])
def test_a_name_that_no_file_can_have_is_no_reason_to_raise(tmp_path: Path, name: str) -> None:
    assert code_of(tmp_path / name) == "unreadable"
