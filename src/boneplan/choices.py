"""The words that a profile may hold where it offers a choice, as types that cost nothing to import."""

from __future__ import annotations

from typing import Literal

Sex = Literal["female", "male"]
Activity = Literal["inactive", "low", "active", "very_active"]
Policy = Literal["avoid", "limit", "allow"]
Pattern = Literal["omnivore", "pescatarian", "vegetarian", "vegan", "halal", "kosher"]
Allergen = Literal["milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame"]
Intolerance = Literal["lactose", "gluten"]
Equipment = Literal[
    "chair", "resistance_band", "dumbbells", "machines", "mat", "step", "bike", "treadmill", "poles", "pool"
]
ExerciseLevel = Literal["beginner", "intermediate", "advanced"]
Condition = Literal[
    "acute_back_pain", "bariatric_surgery", "bone_metastases", "breast_feeding", "chemotherapy", "ckd_3a", "ckd_3b",
    "ckd_4", "ckd_5", "coeliac", "diabetes", "dialysis", "dysphagia", "eating_disorder", "fall_risk", "gastroparesis",
    "heart_attack_or_stroke", "heart_disease", "height_loss", "high_cholesterol", "high_potassium", "hypercalcaemia",
    "hypercalciuria", "hyperparathyroidism", "hypocalcaemia", "jaw_pain", "joint_pain", "kidney_stones",
    "kidney_transplant", "lymphoedema", "lymphoedema_flare", "malabsorption", "neuropathy", "osteopenia",
    "osteoporosis", "ovarian_suppression", "pregnancy", "premenopausal", "recent_fracture", "recent_surgery",
    "sarcoidosis", "spinal_cord_signs", "thigh_pain", "trying_for_pregnancy", "weight_loss",
]  # fmt: skip
Measures = Literal["us", "metric"]
Place = Literal["home", "outdoors", "gym", "pool"]
