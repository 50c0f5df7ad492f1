"""Describe the open case format as a JSON Schema, from the same declarations that read it.

``docs/case.schema.json`` is this schema. It cannot say all that the reader checks: that a day is in
the calendar, that ids are unique, that a link names a record of its kind.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from aeapp.domain.archive import FORMAT, ID_PATTERN, Bundle, keys_of
from aeapp.domain.codecs import MAX_TEXT
from aeapp.domain.codelists import label
from aeapp.domain.items import NULL_LABELS, Attribute, Item, Kind, Record
from aeapp.domain.values import PartialDate

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = (
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?$"
)
_NUMBER = r"^[+-]?[0-9]{1,18}(\.[0-9]{1,18})?$"

Schema = dict[str, Any]
_ID: Schema = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
_TYPES: dict[Kind, Schema] = {
    str: {"type": "string", "maxLength": MAX_TEXT},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    PartialDate: {
        "type": "string",
        "pattern": _DATE,
        "description": "A date, or date and time, to the precision that is known.",
    },
    Decimal: {
        "anyOf": [{"type": "string", "pattern": _NUMBER}, {"type": "integer"}],
        "description": "Digits as given, in quotes where there is a decimal point.",
    },
}
# What the definitions are called that are no class of the domain's own words.
_NAMES: dict[Kind, str] = {str: "Text", PartialDate: "Date", Decimal: "Number"}


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of a case file."""
    defs: dict[str, Schema] = {}
    root = _object(Bundle, defs)
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    root["required"] = ["format", "case"]
    return {
        "$schema": DIALECT,
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "Case of a ketamine clinic",
        "description": "One case with the records it is made of. Absent: nobody has answered yet.",
        **root,
        "$defs": dict(sorted(defs.items())),
    }


def schema_text() -> str:
    """Return the schema as the published file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _object(cls: Kind, defs: dict[str, Schema]) -> Schema:
    properties = {name: _attribute(a, defs) for name, a in keys_of(cls).items()}
    out: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if issubclass(cls, Record):
        out["properties"] = {"id": _ID, **properties}
        out["required"] = ["id"]
    return out


def _attribute(a: Attribute, defs: dict[str, Schema]) -> Schema:
    if a.link is not None:
        return {**_ID, "description": f"Id of the {a.link.kind} in this file."}
    if a.item is not None:
        return _item(a.item, _value(a, defs))
    reference = _reference(a.type, _object(a.type, defs), defs)
    return {"type": "array", "items": reference} if a.repeated else reference


def _reference(cls: Kind, described: Schema, defs: dict[str, Schema]) -> Schema:
    if cls in (bool, int):
        return described
    name = _NAMES.get(cls, cls.__name__)
    defs.setdefault(name, described)
    return {"$ref": f"#/$defs/{name}"}


def _item(item: Item, value: Schema) -> Schema:
    reasons = [_reason(item)] if item.nulls else []
    unit = f" In {item.unit}." if item.unit else ""
    return {
        "title": item.label,
        "description": f"{item.help}{unit} Source: {item.source}.",
        "anyOf": [value, *reasons, {"type": "null"}],
    }


def _value(a: Attribute, defs: dict[str, Schema]) -> Schema:
    if a.type is frozenset:
        codes = _codes(a.element, defs)
        return {"type": "array", "items": codes, "uniqueItems": True}
    if a.type in _TYPES:
        return _reference(a.type, _TYPES[a.type], defs)
    return _codes(a.type, defs)


def _codes(kind: Kind, defs: dict[str, Schema]) -> Schema:
    members = [{"const": member.value, "title": label(member)} for member in kind]
    return _reference(kind, {"oneOf": members}, defs)


def _reason(item: Item) -> Schema:
    reasons = [{"const": null.value, "title": NULL_LABELS[null]} for null in item.nulls]
    return {
        "type": "object",
        "properties": {"unknown": {"oneOf": reasons}},
        "required": ["unknown"],
        "additionalProperties": False,
    }
