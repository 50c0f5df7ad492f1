"""The style sheet of the program, with tokens as ``@name;`` to be filled by the theme.

What Fusion and the palette do well is left to them. Looks are chosen by the dynamic
properties ``kind`` and ``state``.
"""

from __future__ import annotations

TEMPLATE = """
QMainWindow, QDialog { background: @window; }
QToolTip { background: @surface; color: @text; border: 1px solid @edge; padding: 4px; }
QLabel[kind="caption"] { color: @text3; }
QLabel[kind="note"] { color: @text3; }
QLabel[kind="note"][state="wrong"] { color: @overdue; }
QLabel[kind="note"][state="flag"] { color: @flag; }
QLabel[kind="note"][state="due"] { color: @due; }
QLabel[kind="note"][state="ok"] { color: @ok; }
QLabel[kind="label"] { color: @text2; }
QLabel[kind="number"] { color: @text3; }
QLabel[kind="strong"] { color: @text; }
QLabel[kind="title"] { color: @text; }
QLabel[kind="heading"] { color: @text; }
QLabel[kind="reading"] { color: @text; }
QLabel[kind="clock"] { color: @text; }
QLabel[kind="brand"] { color: @accent; }

QLineEdit, QPlainTextEdit, QComboBox { background: @surface; color: @text;
  border: 1px solid @edge; border-radius: 4px; padding: 0px 8px;
  selection-background-color: @accent; selection-color: @on_accent;
  placeholder-text-color: @text3; }
QLineEdit, QComboBox { min-height: @h28; max-height: @h28; }
QPlainTextEdit { padding: 4px 6px; }
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: @text2; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border: 2px solid @focus; }
QLineEdit:focus, QComboBox:focus { padding: 0px 7px; margin: 0px; }
QLineEdit:focus, QComboBox:focus { min-height: @h28f; max-height: @h28f; }
QPlainTextEdit:focus { padding: 3px 5px; }
QLineEdit[state="wrong"], QComboBox[state="wrong"], QPlainTextEdit[state="wrong"] {
  border-color: @overdue; border-left: 3px solid @overdue; padding-left: 6px; }
QLineEdit[state="wrong"]:focus, QComboBox[state="wrong"]:focus,
QPlainTextEdit[state="wrong"]:focus {
  border-color: @focus; border-left: 3px solid @overdue; padding-left: 6px; }
QLineEdit[state="reason"], QComboBox[state="reason"], QPlainTextEdit[state="reason"] {
  border: 1px dashed @text3; placeholder-text-color: @text2; }
QLineEdit[state="reason"]:focus, QComboBox[state="reason"]:focus,
QPlainTextEdit[state="reason"]:focus { border: 2px solid @focus; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {
  background: transparent; border: 1px solid transparent; padding-left: 0px; }
QLineEdit[readOnly="true"]:focus, QPlainTextEdit[readOnly="true"]:focus {
  border: 2px solid @focus; padding-left: 6px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: @sunken; color: @text3; border-color: @line; }
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus { border: none; background: transparent;
  padding: 0px; }
QLineEdit[kind="large"] { min-height: @h36; max-height: @h36; padding: 0px 10px; }
QLineEdit[kind="large"]:focus { min-height: @h36f; max-height: @h36f; padding: 0px 9px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QComboBox QLineEdit:hover { border: none;
  background: transparent; padding: 0px; min-height: 0px; }
QComboBox::drop-down { border: none; width: @px24; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @edge; outline: none;
  selection-background-color: @select; selection-color: @text; }

.QPushButton, .QToolButton { background: @surface; color: @text; border: 1px solid @edge;
  border-radius: 6px; padding: 0px 12px; min-height: @h32; }
.QPushButton:hover, .QToolButton:hover { background: @hover; }
.QPushButton:focus, .QToolButton:focus { border: 2px solid @focus; padding: 0px 11px;
  min-height: @h32f; }
.QPushButton:disabled, .QToolButton:disabled { background: @sunken; color: @text3;
  border-color: @line; }
.QPushButton:default { background: @accent; color: @on_accent; border-color: @accent; }
.QPushButton[kind="large"] { min-height: @h64; border-radius: 8px; }
.QPushButton[kind="large"]:focus { min-height: @h64f; }
.QPushButton[kind="touch"] { min-height: @h44; border-radius: 8px; padding: 0px 8px; }
.QPushButton[state="chosen"] { background: @select; border-color: @accent; }

QFrame[kind="card"] { background: @surface; border: 1px solid @line; border-radius: 8px; }
QFrame[kind="card"][state="wrong"] { border-color: @overdue; }
QFrame[kind="page"] { background: @surface; border: none; }
QFrame[kind="inset"] { background: @window; border: none; border-left: 1px solid @line;
  border-top-right-radius: 8px; border-bottom-right-radius: 8px; }
QFrame[kind="header"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[kind="rail"] { background: @surface; border: none; border-right: 1px solid @line; }
QFrame[kind="status"] { background: @surface; border: none; border-top: 1px solid @line; }
QFrame[kind="popup"] { background: @surface; border: 1px solid @edge; border-radius: 8px; }
QFrame[kind="line"] { background: @line; border: none; }
QFrame[kind="strip"] { background: @surface; border: none; border-top: 1px solid @line; }
QFrame[kind="strip"][state="flag"] { background: @flag_tint; border-top: 2px solid @flag_edge; }
QFrame[kind="strip"][state="due"] { background: @due_tint; border-top: 2px solid @due; }
QFrame[kind="strip"][state="overdue"] { background: @overdue_tint; border-top: 2px solid @overdue; }
QFrame[kind="strip"][state="blocked"] { background: @blocked_tint; border-top: 2px solid @blocked; }
QFrame[kind="strip"][state="ok"] { background: @ok_tint; border-top: 2px solid @ok; }
QFrame[kind="entry"] { background: @select; border: none; }
QFrame[kind="band"] { background: @due_fill; border: none; }
QFrame[kind="band"] QLabel { color: @due_on; }

QMenu { background: @surface; color: @text; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 5px 16px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @select; color: @text; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenuBar { background: @surface; color: @text; border-bottom: 1px solid @line; }
QMenuBar::item:selected { background: @select; }

QAbstractItemView { background: @surface; color: @text; border: none; outline: none;
  selection-background-color: @select; selection-color: @text; gridline-color: @line; }
QListView:focus, QTableView:focus, QTreeView:focus { border: 2px solid @focus; border-radius: 4px; }
QListView, QTableView, QTreeView { border: 2px solid transparent; }
QTableView::item { padding: 0px 8px; border: none; }
QTableView::item:selected { background: @select; color: @text; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @text3; border: none;
  border-bottom: 1px solid @line; padding: 4px 8px; }
QTableCornerButton::section { background: @surface; border: none; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: @text2; border: none; padding: 6px 2px;
  margin-right: 22px; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent; border: 2px solid @focus; }
QTabWidget::pane { border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[kind="scrolled"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0px; }
QScrollBar::handle { background: @edge; border-radius: 3px; margin: 2px; min-height: 24px;
  min-width: 24px; }
QScrollBar::handle:hover { background: @text2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @window; }
"""
