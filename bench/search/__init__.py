"""Search at sizes that no disclosure has yet: how fast, how large, and how much is found."""

SIZES = (200, 100_000, 1_000_000)
