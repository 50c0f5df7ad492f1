"""What kinds of files may be attached; told by their content, never by their name alone."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class AttachmentType(CodeList):
    """Kinds of attached files, by their media type."""

    PDF = "application/pdf", N_("PDF document")
    PNG = "image/png", N_("PNG picture")
    JPEG = "image/jpeg", N_("JPEG picture")
    TIFF = "image/tiff", N_("TIFF picture")
    TEXT = "text/plain", N_("Plain text")
    # Never attached by hand: markup can hold scripts, and this was read element by element.
    MESSAGE = "application/xml", N_("Electronic message")
    REST = "text/plain; charset=utf-8", N_("What of a message stands in no record")


# Kept with what came in; no part of what goes out, since they name people whom a copy masks.
OF_MESSAGES = frozenset({AttachmentType.MESSAGE, AttachmentType.REST})
