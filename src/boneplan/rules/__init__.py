"""A dietitian's own rules: what a file may say, and what it makes of targets, foods and the person."""
