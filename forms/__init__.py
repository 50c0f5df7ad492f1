"""The windows: the only package that knows Qt."""

# ruff: noqa: E402 - the first comes before any other module of ours

from forms.binding import ask_no_sources

ask_no_sources()

from forms import layout_items

layout_items.repair()
