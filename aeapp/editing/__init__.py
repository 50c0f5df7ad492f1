"""Editing without widgets: text in, values kept, history remembered."""
