"""The narrative on the screen: its text, where each sentence comes from, and what waits."""
