"""A project's folders → one linked guide."""
