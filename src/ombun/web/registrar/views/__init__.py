"""The pages of this desk, a file a subject."""
