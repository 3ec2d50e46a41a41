"""Asking for a profile: the questions as data, what their answers mean, the draft, and the commented YAML."""

from boneplan.ask.draft import Draft, draft_path, load_draft, save_draft, set_aside
from boneplan.ask.form import Form
from boneplan.ask.known import form_of
from boneplan.ask.questions import QUESTIONS, Question
from boneplan.ask.text import Again, Answer
from boneplan.ask.writing import profile_yaml

__all__ = [
    "QUESTIONS",
    "Again",
    "Answer",
    "Draft",
    "Form",
    "Question",
    "draft_path",
    "form_of",
    "load_draft",
    "profile_yaml",
    "save_draft",
    "set_aside",
]
