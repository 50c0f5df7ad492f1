"""Programs beside the product: they check it, and nothing of it needs them."""
