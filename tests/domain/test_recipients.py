"""Everybody who had the version before is owed the newest one, until it went to them."""

from __future__ import annotations

import pytest

from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.recipients import owed_in
from aeapp.domain.records import ReportVersion, Sending

FDA, MAKER = Destination.FDA, Destination.MANUFACTURER
VERSIONS = (ReportVersion(id="v1", number=1), ReportVersion(id="v2", number=2))


def sent(
    version: str, to: Destination | None, person: str = "", by: Channel = Channel.FAX
) -> Sending:
    return Sending(report_version_id=version, destination=to, person=person or None, channel=by)


@pytest.mark.parametrize(
    ("log", "owed"),
    [
        ([], []),
        ([sent("v1", FDA), sent("v2", FDA)], []),
        ([sent("v1", FDA), sent("v1", MAKER), sent("v2", FDA)], [(MAKER, "", 1)]),
        # One without a name went to whoever reads; two names are two recipients.
        ([sent("v1", MAKER, "Ann"), sent("v2", MAKER)], []),
        ([sent("v1", MAKER, "Ann"), sent("v2", MAKER, "Bob")], [(MAKER, "Ann", 1)]),
        ([sent("v1", MAKER, "Ann"), sent("v2", MAKER, "ANN")], []),
        ([sent("v1", FDA, by=Channel.PHONE)], []),
        ([sent("", FDA)], []),
        ([sent("v1", None)], []),
        ([sent("v0", FDA)], [(FDA, "", 0)]),
    ],
)
def test_who_is_owed_the_newest_version(
    log: list[Sending], owed: list[tuple[Destination, str, int]]
) -> None:
    assert [(o.destination, o.person, o.version) for o in owed_in(VERSIONS, log)] == owed


def test_without_a_version_nobody_is_owed_one() -> None:
    assert owed_in((), [sent("", FDA)]) == ()
