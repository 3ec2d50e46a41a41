"""The plan as one self-contained page (HTML)."""
