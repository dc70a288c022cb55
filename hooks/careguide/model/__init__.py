"""What a guide is made of: one pydantic model for each kind of thing, with a sentence under each field."""
