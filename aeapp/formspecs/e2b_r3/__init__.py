"""ICH E2B(R3) as data: every element with its number, its rules and its place in the message."""
