"""Files of monitors and home devices: their layouts, and what becomes of each of their figures."""
