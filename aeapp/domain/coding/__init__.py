"""Coding without a licence: releases as files bring them, and finding a term by typing."""
