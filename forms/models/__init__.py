"""Table models over plain lines."""
