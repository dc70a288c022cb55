"""Files as values that remember their line: YAML and Markdown in, YAML out, and what is wrong with them."""
