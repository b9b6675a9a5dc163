"""The pages of the treasurer's desk, a file a page."""
