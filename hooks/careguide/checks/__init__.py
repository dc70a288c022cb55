"""Rules of editing and safety over a guide and its pages, one generator each."""
