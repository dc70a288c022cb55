"""Guide → what search knows of it, and the script that searches it in the reader's browser."""
