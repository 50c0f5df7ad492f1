"""E2B(R3) messages as files."""
