"""The six families that give the 25 kinds of place their colour."""

FAMILY_NAMES = {
    "place": "Places and outdoors",
    "learn": "Learning and young people",
    "culture": "Faith, arts and stories",
    "trade": "Food, shops and firms",
    "people": "Groups and people",
    "serve": "Services and getting about",
}
FAMILY_MEMBERS = {
    "place": ("community_space", "garden_nature", "animals", "sport"),
    "learn": ("youth", "school", "early_years", "college", "library_learning"),
    "culture": ("faith", "arts_culture", "story_heritage"),
    "trade": ("food_drink", "shops", "hair_beauty", "business_employer"),
    "people": (
        "clubs_societies",
        "charity_voluntary",
        "older_people_groups",
        "individual_gift",
        "online",
    ),
    "serve": ("emergency_services", "civic", "health_wellbeing", "transport_access"),
}
FAMILY_OF = {slug: family for family, members in FAMILY_MEMBERS.items() for slug in members}
