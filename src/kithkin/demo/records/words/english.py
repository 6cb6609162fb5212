"""What customers say in English. `{n}`, `{day}`, `{thing}` are filled in."""

from __future__ import annotations

from kithkin.demo.records.words.lists import Words

ENGLISH = Words(
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    things=(
        "a coffee machine",
        "a desk lamp",
        "a winter coat",
        "an office chair",
        "a pair of boots",
        "a kettle",
        "a gift",
    ),
    good={
        "Visit": (
            "I was greeted at the door and left in peace.",
            "Found what I came for within {n} minutes.",
            "Tidy shelves, wide aisles, nice light.",
            "Came in for {thing}, left with two.",
            "Even on a {day} there was room to look round.",
            "My usual branch, and it keeps getting better.",
        ),
        "Purchase": (
            "In and out in {n} minutes, no queue at all.",
            "Card, receipt, done.",
            "The cashier spotted that {thing} was on offer and told me.",
            "Paying was quick even on a {day} afternoon.",
            "Bought {thing} and was shown how it works at the till.",
            "Three tills open, nobody waiting.",
        ),
        "Order online": (
            "Ordered {thing} in {n} minutes on my phone.",
            "The search found {thing} at once.",
            "Basket, address, payment: all clear.",
            "I like that it says which branch has it in stock.",
            "Ordered on {day} evening, no trouble.",
        ),
        "Delivery": (
            "The parcel came on {day}, as promised.",
            "{Thing} arrived well packed.",
            "The driver rang and even carried it upstairs.",
            "A day earlier than announced.",
            "I was told the hour and it was right.",
        ),
        "Getting help": (
            "Somebody picked up after {n} seconds and knew the answer.",
            "My question about {thing} was answered at once.",
            "They called back on {day} as agreed.",
            "No music, no menu, a person.",
            "One call and the refund was on its way.",
        ),
        "Repair": (
            "The technician came on {day} and had the part with him.",
            "{Thing} works again after {n} minutes.",
            "He explained what was broken and how to avoid it.",
            "Clean, quick, polite.",
            "Mended at the first visit.",
        ),
    },
    bad={
        "Visit": (
            "Looked for somebody to ask for {n} minutes.",
            "Half of the shelf was empty on {day}.",
            "Came for {thing}; the site said it was there, it was not.",
            "Boxes in the aisles, no way through with a pram.",
            "It was cold in there and a lamp flickered.",
            "Nobody looked up when I came in.",
        ),
        "Purchase": (
            "The till was down and we waited {n} minutes.",
            "The card reader would not take my card, twice.",
            "One till open on a {day} afternoon.",
            "The price at the till was not the one on the shelf.",
            "No receipt: the printer did not work.",
            "They wrote {thing} down by hand because the system had failed.",
            "The queue reached back to the door.",
        ),
        "Order online": (
            "The page threw me out while paying.",
            "My basket was empty again after {n} minutes.",
            "The search does not find {thing}.",
            "I had to type my address three times.",
            "It said in stock, then came a mail that it is not.",
        ),
        "Delivery": (
            "I stayed at home on {day} for nothing.",
            "{Thing} arrived with a dent.",
            "Left with a neighbour I do not know.",
            "{n} days late and no word.",
            "The parcel was wet through.",
        ),
        "Getting help": (
            "On hold for {n} minutes, then cut off.",
            "Three people, three answers.",
            "Nobody could tell me anything about {thing}.",
            "They promised to call on {day}. Nobody did.",
            "I am still waiting for my refund.",
        ),
        "Repair": (
            "The part was missing, so he has to come again.",
            "{Thing} broke again after {n} days.",
            "Waited all {day}, nobody came.",
            "Two visits and still not mended.",
            "The technician did not know this model.",
        ),
    },
    pleased={
        "waiting": ("No waiting.", "It went fast.", "Quick as always."),
        "staff": ("Friendly people.", "The staff know what they are talking about.", "Very kind young man."),
        "product": ("Good quality.", "It does what it should.", "The choice is great."),
        "price": ("Fair price.", "Good value.", "Cheaper than elsewhere."),
    },
    displeased={
        "waiting": ("It takes far too long.", "The waiting is the worst.", "My lunch break was gone."),
        "staff": ("The staff seemed annoyed.", "Nobody felt responsible.", "I was sent from one to the next."),
        "product": ("It feels cheap.", "The quality used to be better.", "It broke within a week."),
        "price": ("Too dear for what it is.", "Prices go up every month.", "I saw it for less next door."),
    },
    happy_end=("", "", "Thank you!", "I will be back.", "Keep it up.", "Recommended it to my sister."),
    sad_end=("", "", "That was it for me.", "Please do something about it.", "I expected more.", "What a pity."),
    middling=(
        "All right.",
        "Nothing special.",
        "Fine, could be quicker.",
        "OK, but there is room for more.",
        "Good enough for {thing}.",
        "Neither good nor bad.",
    ),
)
