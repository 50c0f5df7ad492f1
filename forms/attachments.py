"""The files that belong to a case or a session: added, looked at, opened, struck through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.domain.attaching import ENDINGS
from aeapp.domain.codecs import show
from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.attaching import OF_MESSAGES, AttachmentType
from aeapp.domain.records import Attachment
from aeapp.kernel.i18n import _
from aeapp.services.attaching import Owner
from forms.alive import while_alive
from forms.desk import Desk
from forms.models.paged import Column, Deliver, PagedModel
from forms.reason_strip import ReasonStrip
from forms.widgets.buttons import Button
from forms.widgets.cards import EmptyCard
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.tables import Table

_DPI = 100
_MOST_LETTERS = 4000
_WORDS = frozenset({AttachmentType.TEXT, *OF_MESSAGES})
_KILO = 1024
Read = Callable[[], Sequence[Attachment]]
Show = Callable[[QUrl], object]


def size_words(size: int) -> str:
    """Return a length as a person reads it."""
    if size < _KILO:
        return _("{n} bytes").format(n=size)
    if size < _KILO * _KILO:
        return _("{n} KB").format(n=f"{size / _KILO:,.0f}")
    return _("{n} MB").format(n=f"{size / _KILO / _KILO:,.1f}")


def _title(one: Attachment) -> str:
    struck = _("{title} (struck through: {reason})")
    title = one.title or ""
    return title if one.stands else struck.format(title=title, reason=one.struck_reason)


def _facts(one: Attachment) -> str:
    kind = _(words_of(one.media)) if one.media else ""
    added = _("added {time} by {name}").format(time=show(one.added), name=one.by or "")
    return " · ".join(part for part in (_title(one), kind, added) if part)


def _filters() -> str:
    kinds = " ".join(f"*{ending}" for ending in ENDINGS)
    return _("Documents, pictures and texts ({kinds})").format(kinds=kinds)


class AttachmentsPanel(QFrame):
    """A list of files with a picture of the chosen one.

    Signals:
        counted: How many files stand.
    """

    counted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        read: Read,
        owner: Callable[[], Owner],
        parent: QWidget | None = None,
        *,
        show_file: Show = QDesktopServices.openUrl,
        of: Callable[[Attachment], str] = lambda _one: "",
    ) -> None:
        """Make the list; ``of`` says what a file belongs to, where that is not said around it."""
        super().__init__(parent)
        self._of = of
        self.setProperty("kind", "card")
        self.setObjectName("attachments")
        self.setAccessibleName(_("Attachments"))
        self.setAcceptDrops(True)
        self._desk, self._read, self._owner, self._show_file = desk, read, owner, show_file
        self._here: dict[str, Attachment] = {}
        self._folder: Path | None = None
        self._shown = ""
        self._asked_copy = False
        self._picture = QPixmap()
        self._make_list()
        self._make_preview()
        self._build()
        self._connect()
        self.refresh()

    def _make_list(self) -> None:
        """Make the list of files and what is done with one."""
        self.add = Button(_("Add a file"), self, kind="small", icon="add", key="A")
        self.open = Button(_("Open a copy"), self, kind="small", key="O")
        self.strike = Button(_("Strike through"), self, kind="small", key="X")
        self.reason = ReasonStrip(self)
        self.table = Table(_("Attached files"), self)
        self.table.passed_on = "AOX"
        columns = [
            Column[Attachment](head=_("File"), text=self._title, tip=self._told),
            Column[Attachment](head=_("Size"), text=lambda a: size_words(a.size or 0), right=True),
        ]
        self.model: PagedModel[Attachment] = PagedModel(columns, self._fetch, lambda a: a.id, self)
        self.table.setModel(self.model)

    def _make_preview(self) -> None:
        """Make what shows the chosen file."""
        self.preview = QLabel()
        self.preview.setProperty("kind", "scrolled")
        self.preview.setAccessibleName(_("What the file shows"))
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.facts = label("", "caption", self, wrap=True)
        self.pages_area = QScrollArea(self)
        self.pages_area.setAccessibleName(_("Pages of the file"))
        self.pages_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.pages_area.setWidget(self.preview)

    def _title(self, one: Attachment) -> str:
        return ", ".join(part for part in (_title(one), self._of(one)) if part)

    def _told(self, one: Attachment) -> str:
        return " · ".join(part for part in (_facts(one), self._of(one)) if part)

    def _build(self) -> None:
        acts = QWidget(self)
        row = FlowLayout(acts)
        for button in (self.add, self.open, self.strike):
            row.addWidget(button)
        self._none = EmptyCard(
            _("No file is attached. Drop a PDF, a picture or a text here, or add one."), self
        )
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(_("Attachments"), "strong", self))
        column.addWidget(acts)
        column.addWidget(self.reason)
        column.addWidget(self._lists, 1)
        column.addWidget(self.facts)
        column.addWidget(self.pages_area, 2)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.open.clicked.connect(self._on_open)
        self.strike.clicked.connect(self._on_strike)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.reason.answered.connect(self._on_reason)
        self.reason.left.connect(self.table.setFocus)

    # --- reading

    def focus_first(self) -> None:
        """Put the focus on the list, or on the way to add a file."""
        (self.table if self._here else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is attached."""
        self._desk.read(self._read, while_alive(self, self._show))

    def _show(self, found: Sequence[Attachment]) -> None:
        chosen = self._chosen()
        self._here = {one.id: one for one in found}
        self.model.show_ids(list(self._here))
        self._lists.setCurrentIndex(0 if found else 1)
        row = self.model.row_of(chosen.id) if chosen else 0
        if found:
            self.table.selectRow(max(0, row))
        self._after_row()
        self.counted.emit(sum(one.stands for one in found))

    def _fetch(self, ids: Sequence[str], deliver: Deliver[Attachment]) -> None:
        deliver([self._here[one] for one in ids])

    def _chosen(self) -> Attachment | None:
        index = self.table.currentIndex()
        return self._here.get(self.model.id_at(index.row())) if index.isValid() else None

    # --- the picture

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._after_row()

    def _after_row(self) -> None:
        chosen = self._chosen()
        self.open.setEnabled(chosen is not None)
        self.strike.setEnabled(chosen is not None and chosen.stands)
        for part in (self.facts, self.pages_area):
            part.setVisible(chosen is not None)
        self.facts.setText(self._told(chosen) if chosen else "")
        if chosen is None or chosen.id == self._shown:
            return
        self._shown = chosen.id
        self._say("")
        self._desk.read(
            partial(self._drawn, chosen), while_alive(self, partial(self._draw, chosen))
        )

    def _drawn(self, one: Attachment) -> QImage | str:
        """Return a picture or the words of a file; on a thread."""
        content = self._desk.app.attaching.content(one)
        if one.media in _WORDS:
            return content.decode("utf-8-sig")[:_MOST_LETTERS]
        if one.media is AttachmentType.PDF:
            try:
                content = self._desk.app.documents.pages.picture(content, 0, _DPI)
            except Exception:  # noqa: BLE001 - a stranger's file; the reader of PDFs has its own errors
                return _("The first page cannot be shown. Open a copy.")
        image = QImage.fromData(content)
        return _("The picture cannot be shown. Open a copy.") if image.isNull() else image

    def _draw(self, one: Attachment, drawn: QImage | str) -> None:
        if one.id != self._shown:
            return
        if isinstance(drawn, str):
            self._say(drawn)
            return
        self._picture = QPixmap.fromImage(drawn)
        self._fit()

    def _say(self, words: str) -> None:
        self._picture = QPixmap()
        self.preview.setText(words)
        self._fit()

    def _fit(self) -> None:
        """Show a picture as wide as there is room, and words as high as they are."""
        room = self.pages_area.viewport().width()
        words = self._picture.isNull()
        self.preview.setWordWrap(words)
        if words:
            self.preview.setFixedSize(room, max(1, self.preview.heightForWidth(room)))
            return
        mode = Qt.TransformationMode.SmoothTransformation
        wide = min(room, self._picture.width())
        self.preview.setPixmap(self._picture.scaledToWidth(max(1, wide), mode))
        self.preview.setFixedSize(self.preview.pixmap().size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- adding

    def _on_add(self) -> None:
        self._desk.ask.open_file(_("Attach a file"), self._folder, _filters(), self._attach)

    def _attach(self, path: Path) -> None:
        self._folder = path.parent
        attaching, owner = self._desk.app.attaching, self._owner()
        self._desk.write(
            lambda: attaching.add_file(owner, path), while_alive(self, self._on_stored)
        )

    @property
    def titles(self) -> dict[str, str]:
        """Return the titles of the files that stand, by the hash of their contents."""
        return {a.sha256 or "": a.title or "" for a in self._here.values() if a.stands}

    def attach_for(self, done: Callable[[Attachment], None]) -> None:
        """Ask for a file and attach it, or know it where it is attached; then hand it on."""
        attaching, owner = self._desk.app.attaching, self._owner()

        def stored(one: Attachment) -> None:
            self.refresh()
            done(one)

        def take(path: Path) -> None:
            self._folder = path.parent
            self._desk.write(
                lambda: attaching.add_file(owner, path, known=True), while_alive(self, stored)
            )

        self._desk.ask.open_file(_("Attach a file"), self._folder, _filters(), take)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._attach(Path(url.toLocalFile()))
        event.acceptProposedAction()

    def _on_stored(self, _stored: object) -> None:
        self.refresh()

    # --- opening and striking

    def _on_opened(self, _row: int) -> None:
        self._on_open()

    def _on_open(self) -> None:
        chosen, attaching = self._chosen(), self._desk.app.attaching
        if chosen is not None:
            self._asked_copy = True
            self._desk.write(lambda: attaching.copy(chosen), while_alive(self, self._on_copied))

    def _on_copied(self, path: Path) -> None:
        self._show_file(QUrl.fromLocalFile(str(path)))
        self._desk.toast(_("A copy is open. It is wiped when you leave this page, and at lock."))

    def _on_strike(self) -> None:
        reasons = (_("another patient's"), _("wrong file"), _("a better copy was added"))
        self.reason.ask(_("Why does the file not count?"), reasons)

    def _on_reason(self, reason: str) -> None:
        chosen, attaching = self._chosen(), self._desk.app.attaching
        self.table.setFocus()
        if chosen is not None:
            self._desk.write(
                lambda: attaching.strike(chosen, reason), while_alive(self, self._on_stored)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_A: self.add, Qt.Key.Key_O: self.open, Qt.Key.Key_X: self.strike}
        button = acts.get(Qt.Key(event.key()))
        if button is not None and not event.modifiers() and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._asked_copy:
            self._asked_copy = False
            # On the thread of writes: after a copy that is just being made.
            attaching = self._desk.app.attaching
            self._desk.runners.store.start(lambda _progress: attaching.wipe_copies())
