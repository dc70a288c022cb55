"""A guide → the Markdown of its pages, and what else stands on them."""
