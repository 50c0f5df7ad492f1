"""Documents in PDF: pages that follow an official form, and what they need around them."""
