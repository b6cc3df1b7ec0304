"""The bench: what every page costs with few records and with many, and how fast minutes are read, kept and printed."""
