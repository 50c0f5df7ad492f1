"""Widgets that edit one item each, and the small parts they are made of."""
