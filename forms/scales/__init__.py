"""Symptom scales on the screen: entry from paper, the safety strip, the course of a patient."""
