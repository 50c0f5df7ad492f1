"""Check anybody's electronic message in the window: what its receiver would say; none is kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile
from aeapp.kernel.i18n import _
from aeapp.services.message_check import Checked
from forms.alive import while_alive
from forms.ask import Question
from forms.desk import Desk

_MOST = 8
# By whose rules, as people say it.
_RULES = {
    Profile.ICH: "ICH",
    Profile.FDA_POSTMARKET: "FDA",
}


class MessageCheck(QObject):
    """One check at a time, from the choice of the file to what was found."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def begin(self, profile: Profile = Profile.ICH) -> None:
        """Ask for the file."""
        kinds = _("Electronic messages") + " (*.xml)"
        take = while_alive(self, partial(self.check, profile=profile))
        self._desk.ask.open_file(_("Check an electronic message"), None, kinds, take)

    def check(self, path: Path, profile: Profile = Profile.ICH) -> None:
        """Check a file by one set of rules and say what was found."""
        messages, errors = self._desk.app.messages, self._desk.errors

        def failed(error: BaseException) -> None:
            errors.show(error)

        # A batch takes minutes; on the thread of lists nothing else would be shown meanwhile.
        self._desk.runners.documents.start(
            lambda _progress: messages.check(path, profile),
            on_done=while_alive(self, partial(self._say, path, profile)),
            on_failed=while_alive(self, failed),
        )

    def _say(self, path: Path, profile: Profile, found: Checked) -> None:
        other = next(one for one in _RULES if one is not profile)
        question = Question(
            _verdict(found, _RULES[profile]),
            "\n".join(_lines(found)),
            _("Check by the rules of {whose}").format(whose=_RULES[other]),
            _("Close"),
        )
        again = partial(self.check, path, other)
        self._desk.ask.confirm(question, while_alive(self, again))


def _verdict(found: Checked, whose: str) -> str:
    if found.refused:
        return _("By the rules of {whose} its receiver would refuse it").format(whose=whose)
    if found.findings:
        return _("By the rules of {whose} it can go, with hints").format(whose=whose)
    return _("By the rules of {whose} nothing is found").format(whose=whose)


def _lines(found: Checked) -> list[str]:
    told = [
        _("Messages: {n}. Findings: {m}.").format(
            n=found.messages, m=len(found.findings) + found.more
        )
    ]
    told += [_line(one) for one in found.findings[:_MOST]]
    if len(found.findings) > _MOST:
        more = _("and {n} more; the command “message check” lists them all")
        told.append(more.format(n=len(found.findings) - _MOST))
    told += [_schema(found), *([found.told] if found.told else [])]
    return told


def _schema(found: Checked) -> str:
    if found.schema is None:
        return _("Not checked against the ICH schema.")
    if found.schema.errors:
        return _("Not valid by the ICH schema: {n} errors.").format(n=len(found.schema.errors))
    return _("Valid by the ICH schema.")


def _line(one: MessageFinding) -> str:
    place = " ".join(part for part in (one.where, one.number) if part)
    return f"· {place}: {one.text}"
