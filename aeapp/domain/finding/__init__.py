"""Finding records by words: what is searched, how words are folded, how hits are ranked."""
