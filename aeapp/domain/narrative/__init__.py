"""The narrative: sentences made from records, each with the items it was made from."""
