"""What may be attached: files of a few kinds, known by their first bytes, of a bounded size."""

from __future__ import annotations

import unicodedata

from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_

MOST_BYTES = 25 * 2**20
ENDINGS = {
    ".pdf": AttachmentType.PDF,
    ".png": AttachmentType.PNG,
    ".jpg": AttachmentType.JPEG,
    ".jpeg": AttachmentType.JPEG,
    ".tif": AttachmentType.TIFF,
    ".tiff": AttachmentType.TIFF,
    ".txt": AttachmentType.TEXT,
}
_BEGINS = {
    b"%PDF-": AttachmentType.PDF,
    b"\x89PNG\r\n\x1a\n": AttachmentType.PNG,
    b"\xff\xd8\xff": AttachmentType.JPEG,
    b"II*\x00": AttachmentType.TIFF,
    b"MM\x00*": AttachmentType.TIFF,
}
# Windows, Linux and macOS programs, Java classes, scripts, markup that can hold scripts.
_RUNS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"<",
)
_TEXT_CONTROLS = "\t\n\r\f"


class AttachmentRefusedError(RefusedError):
    """A file cannot be attached."""

    code = "attachment.refused"


def type_of(name: str, content: bytes) -> AttachmentType:
    """Return what a file is, by its content.

    Raises:
        AttachmentRefusedError: It is empty, too large, a program, of no kind that is kept, or
            not what its name says.
    """
    if not content:
        raise AttachmentRefusedError(
            N_("The file is empty."), remedy=N_("Save it again where it comes from, then add it.")
        )
    if len(content) > MOST_BYTES:
        raise AttachmentRefusedError(
            N_("The file is larger than 25 MB."),
            remedy=N_("Save it with smaller pictures, or add its parts one by one."),
        )
    if content.startswith(_RUNS):
        raise AttachmentRefusedError(
            N_("The file is a program or a web page, whatever its name says."),
            remedy=N_("Print it to a PDF where it comes from, and add that."),
        )
    found = next((kind for begin, kind in _BEGINS.items() if content.startswith(begin)), None)
    found = found or (AttachmentType.TEXT if _is_text(content) else None)
    if found is None:
        raise AttachmentRefusedError(
            N_("The content is no PDF, PNG, JPEG, TIFF or plain text."),
            remedy=N_("Save it as a PDF or a picture, then add that."),
        )
    if ENDINGS.get(_ending(name)) is not found:
        raise AttachmentRefusedError(
            N_("The content is not what the name of the file says."),
            remedy=N_("Ask where the file comes from; if it is right, give it its true ending."),
        )
    return found


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].casefold() if "." in name else ""


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(c) == "Cc" and c not in _TEXT_CONTROLS for c in text)


def title_from(name: str) -> str:
    """Return a title from the name of a file: its letters as they are, no path, no ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in stem)
    return " ".join(kept.split())[:200]
