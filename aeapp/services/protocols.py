"""The protocols of the clinic: list them, change them, take the program's default again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aeapp.domain.chair.protocols import DEFAULTS, default_of, protocol_for
from aeapp.domain.records import Protocol, Session
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork


class NoDefaultError(RefusedError):
    """There is no default for the route and setting of a protocol."""

    code = "protocol.no-default"

    def __init__(self) -> None:
        super().__init__(
            N_("The program has no protocol of its own for this route and setting."),
            remedy=N_("Change the protocol instead of taking a default."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class ProtocolLine:
    """One protocol in force.

    Attributes:
        own: Whether the clinic wrote it; its id is empty where it did not.
        changed: Whether it says anything other than the default.
    """

    protocol: Protocol
    own: bool
    changed: bool


def own_protocols(uow: UnitOfWork) -> tuple[Protocol, ...]:
    """Return the protocols the clinic wrote, the oldest first."""
    found = uow.records.query("protocol", order_by=["id"])
    return tuple(p for p in found if isinstance(p, Protocol))


def protocol_of(uow: UnitOfWork, session: Session) -> Protocol | None:
    """Return the protocol a session is run by; None while its route is not known."""
    return protocol_for(own_protocols(uow), session.route, session.setting)


class ProtocolService:
    """What the clinic does with its protocols."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def lines(self) -> tuple[ProtocolLine, ...]:
        """Return one protocol for each route and setting, defaults first."""
        with self._context.new_uow() as uow:
            own = {(p.route, p.setting): p for p in own_protocols(uow)}
        places = dict.fromkeys([(d.route, d.setting) for d in DEFAULTS] + list(own))
        return tuple(_line(own.get(place), place) for place in places)

    def save(self, protocol: Protocol, *, reason: str = "") -> Protocol:
        """Store the clinic's own protocol; there is one for a route and setting.

        One that was stored before is changed, not added to.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            stored = _same_place(own_protocols(uow), protocol)
            if stored is not None and not protocol.id:
                protocol = replace(protocol, id=stored.id, version=stored.version)
            saved = uow.save(protocol, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def reset(self, protocol: Protocol, *, reason: str) -> Protocol:
        """Let a protocol of the clinic say what the default says.

        Raises:
            NoDefaultError: There is none.
        """
        default = default_of(protocol)
        if default is None:
            raise NoDefaultError
        return self.save(replace(default, id=protocol.id, version=protocol.version), reason=reason)


def _same_place(own: Sequence[Protocol], wanted: Protocol) -> Protocol | None:
    place = (wanted.route, wanted.setting)
    return next((p for p in own if (p.route, p.setting) == place), None)


def _line(own: Protocol | None, place: tuple[object, object]) -> ProtocolLine:
    default = next((d for d in DEFAULTS if (d.route, d.setting) == place), None)
    if own is None:
        assert default is not None  # noqa: S101 - a place comes from one of the two
        return ProtocolLine(default, own=False, changed=False)
    same = default is not None and replace(own, id="", version=0) == default
    return ProtocolLine(own, own=True, changed=not same)
