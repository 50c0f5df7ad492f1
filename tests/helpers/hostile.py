"""Damage files: bytes changed, cut, doubled, moved; pieces of other files between."""

from __future__ import annotations

from hypothesis import strategies as st

# Signs that mean something in one layout or another.
PIECES = [
    b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b",", b";", b"\t", b"|", b"^", b"~", b"&", b"\\", b"\r",
    b"\n", b'"', b"'", b"<", b">", b"<!ENTITY", b"&a;", b"]]>", b"<!--", b"[", b"]", b"{", b"}",
    b":", b"-", b"+", b".", b"0", b"1e9", b"NaN", b"Infinity", b"99999999999999999999", b"MSH|",
    b"OBX|1|NM|", b"PK\x01\x02", b"null", b"true", b'"value":', b"\xe2\x80\xae", b"%",
    b"\xff\xff\xff\xff",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return ``whole`` with one to six wounds."""
    content = bytearray(whole)
    for _n in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 12) | st.integers(0, len(content)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6))
        match draw(st.sampled_from(["reversed", "doubled", "cut", "replaced", "moved"])):
            case "reversed":
                content[at : at + length] = content[at : at + length][::-1]
            case "doubled":
                content[at:at] = content[at : at + length]
            case "cut":
                del content[at : at + length]
            case "replaced":
                content[at : at + min(length, len(piece))] = piece
            case _:
                moved = content[at : at + length]
                del content[at : at + length]
                content += moved
    return bytes(content)
