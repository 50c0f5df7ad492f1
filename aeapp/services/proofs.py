"""Files that prove a sending: a receipt as it was printed, photographed or copied."""

from __future__ import annotations

from pathlib import Path

from aeapp.kernel.files import read_whole
from aeapp.services.sending_refusals import ProofRefusedError

LARGEST_PROOF = 25 * 1024 * 1024
_SIGNS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def proof_bytes(path: Path) -> bytes:
    """Return the bytes of a proof: a PDF, a picture or plain text.

    Raises:
        ProofRefusedError: It is something else, empty, or too large.
        FileTroubleError: It cannot be read.
    """
    if path.is_file() and path.stat().st_size > LARGEST_PROOF:
        raise ProofRefusedError
    content = read_whole(path, LARGEST_PROOF)
    if not content or not (content.startswith(_SIGNS) or _is_text(content)):
        raise ProofRefusedError
    return content


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
