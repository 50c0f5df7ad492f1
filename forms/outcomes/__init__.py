"""The cards of the outcomes page."""
