"""Symptom scales: their data, scoring, thresholds, course, schedule and files."""
