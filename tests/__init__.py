"""Tests; each folder mirrors a package. Start with CONTRIBUTING.md."""
