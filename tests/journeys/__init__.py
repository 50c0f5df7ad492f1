"""Whole journeys of a person's day through real widgets, keys and clicks counted."""
