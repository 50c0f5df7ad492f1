"""Readings: limits, and what a set of readings says in words."""
