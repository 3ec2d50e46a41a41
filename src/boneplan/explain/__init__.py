"""Why a week's menus are what they are: what each bound costs, which foods carry a nutrient, why a food is absent."""
