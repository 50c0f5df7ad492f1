"""The parts of the session room, and what is done in them."""
