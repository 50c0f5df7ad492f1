"""The library: products, lots, and the stock of each."""
