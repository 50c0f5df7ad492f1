"""The audit trail: canonical form, hash chain, entries, anchors. No Qt, no SQL."""
