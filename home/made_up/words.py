"""The words that made-up records say."""

SUBJECTS = (
    "home care", "winter pressures", "school places", "air quality", "dementia support", "unpaid carers", "housing repairs",
    "community transport", "young people's mental health", "falls prevention", "food banks", "library hours", "road safety",
    "drug and alcohol services", "flood defences", "adult learning", "domestic abuse services", "street lighting",
    "care leavers", "health visiting", "waste collection", "stop smoking services", "supported living", "town centre safety",
)  # fmt: skip
PLACES = (
    "Ashmere",
    "Beckside",
    "Northgate",
    "Lowfield",
    "Kirkby",
    "Harrowby",
    "Millbrook",
    "Westhaven",
    "Old Town",
    "Sandhill",
)
REPORTS = (
    "Annual report on",
    "Update on",
    "Review of",
    "Strategy for",
    "Commissioning of",
    "Consultation on",
    "Performance of",
)
ROLES = (
    "Director of Public Health", "Service Manager", "Head of Commissioning", "Quality Lead", "Programme Manager",
    "Assistant Director", "Chief Executive of the Trust", "Strategic Lead",
)  # fmt: skip
FIRST = ("Petra", "Amir", "Joan", "David", "Ngozi", "Helen", "Ravi", "Siân", "Tom", "Maria", "Owen", "Grace")
LAST = ("Lindqvist", "Khan", "Barker", "Okafor", "Hughes", "Patel", "Novak", "Reid", "Sharma", "Whitfield", "Doyle", "Marsh")
SENTENCES = (
    "The Board considered a report on {subject} in {place}.",
    "{name}, {role}, presented the report and explained how {subject} had changed since it was last reported.",
    "Members asked what people who use the service in {place} had said, and how their words had been used.",
    "It was reported that {number} people had taken part, and that {half} of them had been contacted again.",
    "A member asked when the waiting time would fall, and was told that a plan would be brought in the spring.",
    "The Board discussed the costs of {subject} and how the partners would share them.",
    "It was noted that the figures for {place} were better than those of the year before.",
    "Members welcomed the work with voluntary organisations, and asked that it should continue.",
    "Concerns about {subject} in {place} had been raised by residents, and the officers answered them in turn.",
    "The Chair thanked everybody who had given their time.",
)
ORDERS = (
    "That the {role} bring a report on {subject} in {place} to the next meeting but one.",
    "That a workshop on {subject} be arranged with the people of {place} who use the service.",
    "That officers write to the partners about {subject} in {place}.",
    "That the {role} publish a plan for {subject} in {place} before the end of the year.",
    "That the waiting times for {subject} in {place} be reported to each meeting.",
)
NOTES = (
    "That the report on {subject} be received and its contents noted.",
    "That the figures for {place} be noted.",
    "That the progress made with {subject} be welcomed.",
)
NEWS = (
    "The plan was written with {number} people who use the service.",
    "The first workshop was held in {place}; {number} people came.",
    "Letters were sent to all partners, and {half} of them have answered.",
    "New figures for {subject} are published and show where waiting is longest.",
    "Two more workers were appointed for {place}.",
)
