"""What requests to each measured service are about."""

from __future__ import annotations

SUBJECTS = {
    "till support": (
        "Till 2 does not start",
        "Card reader refuses cards",
        "Receipt printer jams",
        "Kasse 1 hängt beim Anmelden",
        "Drawer does not open",
        "Barcode scanner is slow",
    ),
    "telephony": (
        "No dial tone on line 4",
        "Headset broken",
        "Calls drop after a minute",
        "Warteschlange falsch geleitet",
    ),
    "web platform": ("Basket loses items", "Search returns nothing", "Seite lädt langsam", "Payment page times out"),
    "replenishment": (
        "Pallet missing",
        "Wrong sizes delivered",
        "Regal leer seit Montag",
        "Extra delivery for the weekend",
    ),
    "spare parts": (
        "Pump for K200 missing",
        "Wrong gasket in the van",
        "Ersatzteil nachbestellen",
        "Return of unused parts",
    ),
    "repairs": ("Automatic door stuck", "Cold counter too warm", "Licht im Lager defekt", "Heating off since morning"),
    "campaign kits": (
        "Posters did not arrive",
        "Price tags with last month's date",
        "Plakate fehlen",
        "Samples used up",
    ),
    "answers on products": (
        "Is the kettle safe for children?",
        "Guarantee on boots",
        "Maße der Lampe",
        "Washing a winter coat",
    ),
    "staffing": (
        "Shift on Saturday unfilled",
        "Stand-in for illness",
        "Neue Kollegin einarbeiten",
        "Student for December",
    ),
    "refunds": ("Refund not booked", "Double charge on a card", "Gutschrift fehlt", "Refund for a returned coat"),
    "carrier contracts": ("Surcharge on an invoice", "Late pick-up", "Vertrag mit Spediteur", "Damage claim"),
    "checklists": (
        "Checklist for the new model",
        "Step 7 is out of date",
        "Prüfliste auf Deutsch",
        "Form cannot be printed",
    ),
}
