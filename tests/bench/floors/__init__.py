"""The least that each act could cost: the bare library doing the same; imports nothing of ours."""
