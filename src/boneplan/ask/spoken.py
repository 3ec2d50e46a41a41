"""What people call the words of a profile: plain names first, then other names, brands and American spelling."""

from __future__ import annotations

from collections.abc import Mapping

from boneplan.ask.text import bare
from boneplan.profile_reader import OTHER_WORDS

CONDITIONS: dict[str, tuple[str, ...]] = {
    "bone_metastases": ("cancer in the bones", "bone metastases", "bone metastasis", "bone mets", "bone cancer",
                        "cancer spread to the bones", "cancer has spread to my bones", "secondaries in the bones"),
    "osteoporosis": ("osteoporosis",),
    "osteopenia": ("osteopenia", "osteopaenia", "low bone density", "low bone mass"),
    "recent_fracture": ("broken bone that is healing", "recent fracture", "new fracture", "healing fracture"),
    "acute_back_pain": ("new back pain", "acute back pain", "sudden back pain"),
    "height_loss": ("loss of height", "height loss", "lost height", "got shorter"),
    "thigh_pain": ("new pain in thigh or groin", "thigh pain", "groin pain", "pain in thigh"),
    "jaw_pain": ("jaw pain", "pain in the jaw", "jaw problem", "loose teeth"),
    "spinal_cord_signs": ("weak or numb legs", "spinal cord signs", "weak legs", "numb legs"),
    "fall_risk": ("falls or fear of falling", "falls", "fear of falling", "fall risk", "i fall", "unsteady"),
    "joint_pain": ("joint pain", "aching joints", "painful joints", "stiff joints", "sore joints"),
    "neuropathy": ("numb feet or hands", "neuropathy", "nerve damage", "numb feet", "numb hands", "tingling feet"),
    "lymphoedema": ("lymphoedema", "lymphedema", "swollen arm"),
    "lymphoedema_flare": ("lymphoedema flare", "lymphedema flare", "flare of lymphoedema"),
    "kidney_stones": ("kidney stones", "renal stones", "stones in the kidney"),
    "ckd_3a": ("kidney disease stage 3a", "ckd 3a", "ckd stage 3a", "kidney disease 3a"),
    "ckd_3b": ("kidney disease stage 3b", "ckd 3b", "ckd stage 3b", "kidney disease 3b"),
    "ckd_4": ("kidney disease stage 4", "ckd 4", "ckd stage 4", "kidney disease 4"),
    "ckd_5": ("kidney disease stage 5", "ckd 5", "ckd stage 5", "kidney disease 5", "end stage kidney disease"),
    "dialysis": ("dialysis", "on dialysis", "haemodialysis", "hemodialysis"),
    "kidney_transplant": ("kidney transplant", "transplanted kidney", "renal transplant"),
    "hypercalcaemia": ("high calcium", "hypercalcaemia", "hypercalcemia", "high blood calcium",
                       "high calcium in the blood"),
    "hypocalcaemia": ("low calcium", "hypocalcaemia", "hypocalcemia", "low blood calcium"),
    "hypercalciuria": ("high calcium in the urine", "hypercalciuria"),
    "hyperparathyroidism": ("overactive parathyroid", "hyperparathyroidism", "parathyroid disease"),
    "sarcoidosis": ("sarcoidosis", "sarcoid"),
    "high_potassium": ("high potassium", "hyperkalaemia", "hyperkalemia", "high blood potassium"),
    "dysphagia": ("trouble swallowing", "dysphagia", "difficulty swallowing", "swallowing problem",
                  "problems swallowing", "cannot swallow well", "swallowing"),
    "gastroparesis": ("slow stomach", "gastroparesis", "delayed stomach emptying"),
    "bariatric_surgery": ("weight-loss surgery", "bariatric surgery", "weight loss surgery", "gastric bypass",
                          "gastric sleeve", "sleeve gastrectomy", "stomach bypass"),
    "malabsorption": ("malabsorption", "crohn's", "crohn's disease", "short bowel"),
    "coeliac": ("coeliac disease", "celiac disease", "coeliac", "celiac", "sprue"),
    "diabetes": ("diabetes", "type 2 diabetes", "type 1 diabetes", "diabetic", "sugar disease"),
    "heart_disease": ("heart disease", "heart failure", "coronary disease", "angina", "coronary artery disease",
                      "weak heart", "heart trouble"),
    "heart_attack_or_stroke": ("heart attack or stroke in the last year", "heart attack", "stroke",
                               "heart attack or stroke"),
    "high_cholesterol": ("high cholesterol", "cholesterol", "raised cholesterol", "hypercholesterolaemia",
                         "hypercholesterolemia"),
    "weight_loss": ("weight loss without meaning to", "unintended weight loss", "losing weight", "weight loss"),
    "eating_disorder": ("eating disorder", "anorexia", "bulimia", "anorexia nervosa", "binge eating"),
    "chemotherapy": ("chemotherapy now", "chemotherapy", "chemo", "on chemo"),
    "recent_surgery": ("operation in the last weeks", "recent surgery", "recent operation", "operation"),
    "ovarian_suppression": ("ovarian suppression", "ovaries suppressed"),
    "premenopausal": ("before the menopause", "premenopausal", "still have periods", "periods"),
    "pregnancy": ("pregnancy", "pregnant"),
    "trying_for_pregnancy": ("trying for a pregnancy", "trying to get pregnant", "trying for pregnancy"),
    "breast_feeding": ("breast-feeding", "breastfeeding", "breast feeding", "nursing"),
}  # fmt: skip
"""Each condition: what it is called here, then what else people write for it."""

ALLERGENS: dict[str, tuple[str, ...]] = {
    "milk": ("milk", "dairy", "cow's milk", "milk protein", "casein", "whey", "cheese"),
    "egg": ("egg", "egg white"),
    "fish": ("fish", "salmon", "cod", "tuna", "anchovy"),
    "shellfish": ("shellfish", "shrimp", "prawn", "crab", "lobster", "mussel", "oyster", "clam", "crustacean"),
    "tree_nuts": ("tree nuts", "tree nut", "almond", "walnut", "hazelnut", "cashew", "pecan", "pistachio",
                  "brazil nut", "macadamia"),
    "peanut": ("peanut", "groundnut"),
    "wheat": ("wheat",),
    "soy": ("soy", "soya", "soybean", "soya bean", "tofu"),
    "sesame": ("sesame", "tahini", "sesame seed"),
}  # fmt: skip
INTOLERANCES: dict[str, tuple[str, ...]] = {"lactose": ("lactose",), "gluten": ("gluten",)}

RISK_FACTORS: dict[str, tuple[str, ...]] = {
    "parent_hip_fracture": ("a parent broke a hip", "parent broke a hip", "parent hip fracture",
                            "mother broke her hip", "father broke his hip", "mother broke a hip",
                            "father broke a hip"),
    "smoking": ("smoking", "smoker", "i smoke", "smoke", "cigarettes"),
    "alcohol": ("three drinks a day or more", "alcohol", "drinking", "3 drinks a day", "heavy drinking"),
    "glucocorticoids": ("steroid tablets for months", "glucocorticoids", "steroids", "cortisone", "prednisone",
                        "prednisolone", "steroid tablets"),
    "rheumatoid_arthritis": ("rheumatoid arthritis", "rheumatism"),
    "secondary_osteoporosis": ("osteoporosis from another disease", "secondary osteoporosis"),
    "early_menopause": ("menopause before 45", "early menopause"),
}  # fmt: skip

LESION_SITES: dict[str, tuple[str, ...]] = {
    "cervical_spine": ("neck", "cervical spine"),
    "thoracic_spine": ("upper back", "thoracic spine", "middle back"),
    "lumbar_spine": ("lower back", "lumbar spine", "lumbar"),
    "ribs": ("ribs", "rib"),
    "pelvis": ("pelvis", "sacrum"),
    "proximal_femur": ("hip or upper thigh", "proximal femur", "hip", "thigh", "femur"),
    "other": ("elsewhere", "other", "arm", "skull", "leg"),
}

EQUIPMENT: dict[str, tuple[str, ...]] = {
    "chair": ("chair",),
    "resistance_band": ("resistance band", "band", "elastic band", "theraband", "exercise band"),
    "dumbbells": ("dumbbells", "weights", "hand weights", "dumbbell"),
    "machines": ("machines", "weight machines", "gym"),
    "mat": ("mat", "exercise mat", "yoga mat"),
    "step": ("step", "stairs"),
    "bike": ("bike", "exercise bike", "bicycle", "stationary bike"),
    "treadmill": ("treadmill",),
    "poles": ("walking poles", "poles", "nordic poles"),
    "pool": ("pool", "swimming pool"),
}

_FRACTURES: dict[str, tuple[str, ...]] = {
    "vertebra": ("spine", "vertebra", "vertebrae", "back", "backbone"),
    "hip": ("hip", "thigh neck", "neck of femur"),
    "wrist": ("wrist", "forearm"),
    "upper_arm": ("upper arm", "shoulder", "humerus"),
    "pelvis": ("pelvis", "pubic bone", "sacrum"),
    "rib": ("rib",),
    "ankle": ("ankle",),
    "leg": ("leg", "shin", "tibia", "femur", "thigh", "lower leg", "knee"),
    "other": ("other", "finger", "toe", "foot", "hand", "collarbone", "elbow", "nose", "skull"),
}
_SCANS: dict[str, tuple[str, ...]] = {
    "lumbar_spine": ("lumbar spine", "spine", "lumbar", "l1 l4", "lower back"),
    "total_hip": ("total hip", "hip"),
    "femoral_neck": ("femoral neck", "neck", "neck of femur", "hip neck"),
}
_NUTRIENTS: dict[str, tuple[str, ...]] = {
    "calcium": ("calcium",),
    "vitamin_d": ("vitamin d", "vitamin d3", "vitamin d2", "vit d", "vit d3", "d3", "cholecalciferol",
                  "colecalciferol"),
    "vitamin_k": ("vitamin k", "vitamin k2", "vitamin k1", "vit k", "k2", "vit k2"),
    "vitamin_b12": ("vitamin b12", "b12", "vit b12", "cobalamin"),
    "vitamin_a": ("vitamin a", "vit a", "retinol"),
    "magnesium": ("magnesium",),
    "potassium": ("potassium",),
    "iron": ("iron",),
    "zinc": ("zinc",),
    "protein": ("protein", "protein powder", "whey protein"),
    "fibre": ("fibre", "fiber", "psyllium"),
}  # fmt: skip

SEXES = {"f": "female", "woman": "female", "w": "female", "m": "male", "man": "male"}
CALCIUM_FORMS = {"carbonate": "carbonate", "citrate": "citrate"}
UNITS = {
    "iu": "IU", "unit": "IU", "units": "IU", "ug": "ug", "mcg": "ug", "microgram": "ug", "micrograms": "ug",
    "mg": "mg", "milligram": "mg", "milligrams": "mg", "g": "g", "gram": "g", "grams": "g",
}  # fmt: skip
DRUGS = {
    **{word: meant for word, meant in OTHER_WORDS.items() if meant in ("anastrozole", "letrozole", "exemestane")},
    "anastrozole": "anastrozole",
    "letrozole": "letrozole",
    "exemestane": "exemestane",
    "anastrozole with testosterone": "anastrozole_with_testosterone",
}
LEVELS = {"new": "beginner", "some": "intermediate", "used to it": "advanced", "experienced": "advanced"}
ACTIVITIES = {"very active": "very_active", "sedentary": "inactive"}
MEASURES = {
    "cups and ounces": "us", "cups": "us", "usa": "us", "american": "us",
    "millilitres and grams": "metric", "grams": "metric", "g": "metric",
}  # fmt: skip

ASK_BACK: dict[str, str] = {
    "nuts": "tree nuts (almonds, walnuts and the like), peanuts or both? Write tree nuts, peanut, or both of them",
    "nut": "tree nuts (almonds, walnuts and the like), peanuts or both? Write tree nuts, peanut, or both of them",
    "seafood": "fish, shellfish or both? Write fish, shellfish, or both of them",
    "kidney disease": "which stage? Write kidney disease stage 3a, 3b, 4 or 5; ask your clinic if you do not know, "
    "and write stage 3b until then, so that no menu is made that may not fit",
    "kidneys": "which disease? Write kidney stones, kidney disease stage 3a, 3b, 4 or 5, dialysis or kidney "
    "transplant",
    "arthritis": "which one? Write joint pain here; rheumatoid arthritis is asked for later, among the risks",
    "calcium": "high or low in the blood? Write high calcium or low calcium",
    "back pain": "is it new? Then write new back pain; otherwise leave it out",
    "cancer": "has it spread to the bones? Then write cancer in the bones; otherwise leave it out",
    "breast cancer": "has it spread to the bones? Then write cancer in the bones; otherwise leave it out",
}  # fmt: skip
"""What may mean two things: never guessed, but asked back."""

for _also, _same in (
    ("ckd", "kidney disease"),
    ("chronic kidney disease", "kidney disease"),
    ("kidney failure", "kidney disease"),
    ("bad kidneys", "kidneys"),
    ("kidney", "kidneys"),
    ("metastases", "cancer"),
):
    ASK_BACK[_also] = ASK_BACK[_same]


def phrases(*tables: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Every name of every key, and the key itself as words, each leading to the key."""
    found: dict[str, str] = {}
    for table in tables:
        for key, names in table.items():
            found |= {bare(name): key for name in (key, *names)}
    return found


FRACTURE_SITES = phrases(_FRACTURES)
SCAN_SITES = phrases(_SCANS)
NUTRIENTS = phrases(_NUTRIENTS)
