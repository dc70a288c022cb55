"""The decision flow: its questions, its routes, the proof that none is unsafe, and its picture."""
