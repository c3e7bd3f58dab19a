"""Search at sizes that no disclosure has yet: how fast, how large, and how much is found."""
