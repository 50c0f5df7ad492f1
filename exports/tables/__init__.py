"""Listings as files that other programs read."""
