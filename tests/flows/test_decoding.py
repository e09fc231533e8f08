"""Bytes to text without guessing where guessing would hide damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import UnreadableText
from flows.decoding import declared_charset, decoded, known_charset

LEGACY = "The café’s owner – a former minister – said “no” for £5. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_common_encodings(encoding: str) -> None:
    assert decoded(LEGACY.encode(encoding), what="f") == LEGACY


def test_declared_encoding_is_believed_only_where_utf8_does_not_fit() -> None:
    russian = "Министр сказал, что мост откроют в июне."
    assert decoded(russian.encode("cp1251"), what="f", charset="cp1251") == russian
    assert decoded(russian.encode(), what="f", charset="cp1251") == russian


@pytest.mark.parametrize(
    "payload",
    [b"", b" \n ", b"ab\0cd", b"%PDF-1.7 text", b"PK\x03\x04abc", LEGACY.encode()[:-1] + "…".encode()[:2],
     "Привет, мир. ".encode("cp1251") * 5, "naïve ".encode() * 9 + b"caf\xe9", b"\xef\xbb\xbf\xff"],
)  # fmt: skip
def test_empty_binary_and_damaged_bytes_are_unreadable_under_their_name(payload: bytes) -> None:
    with pytest.raises(UnreadableText) as caught:
        decoded(payload, what="the-file")
    assert caught.value.what == "the-file"


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?>", "iso8859-1"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        (b'<meta charset="rot13">', None),
        (b'<meta charset="no-such-thing">', None),
        (b"<p>", None),
    ],
)
def test_declared_charset(payload: bytes, charset: str | None) -> None:
    assert declared_charset(payload) == charset


@pytest.mark.parametrize("name", [None, "", "zip", "base64", "hex", "undefined", "idna\0"])
def test_what_is_no_charset(name: str | None) -> None:
    assert known_charset(name) is None


@given(st.text(min_size=1).filter(lambda text: text.strip(" \t\n\r\x0b\x0c") and text.isprintable()))
def test_printable_utf8_comes_back(text: str) -> None:
    assert decoded(text.encode(), what="f") == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1251", "utf-16"]))
def test_any_bytes_give_text_or_unreadable_text(payload: bytes, charset: str | None) -> None:
    try:
        told = decoded(payload, what="f", charset=charset)
    except UnreadableText as error:
        told = error.message
    assert told
