"""A guide → printed sheets: what each says, how it fits its paper, and its PDF and web page."""
