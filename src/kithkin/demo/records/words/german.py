"""What customers say in German. `{n}`, `{day}`, `{thing}` are filled in."""

from __future__ import annotations

from kithkin.demo.records.words.lists import Words

GERMAN = Words(
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"),
    things=(
        "die Kaffeemaschine",
        "die Schreibtischlampe",
        "die Winterjacke",
        "die Bürolampe",
        "die Stiefel",
        "die Teekanne",
    ),
    good={
        "Visit": (
            "Freundlich begrüßt und in Ruhe gelassen.",
            "Nach {n} Minuten hatte ich, was ich brauchte.",
            "Ordentliche Regale, breite Gänge.",
            "Selbst am {day} war Platz zum Schauen.",
            "Meine Filiale, und sie wird immer besser.",
        ),
        "Purchase": (
            "In {n} Minuten rein und raus, keine Schlange.",
            "Karte, Bon, fertig.",
            "Die Kassiererin hat gesehen, dass es ein Angebot gab, und es gesagt.",
            "Auch am {day} ging es an der Kasse schnell.",
            "Drei Kassen offen, niemand musste warten.",
        ),
        "Order online": (
            "In {n} Minuten am Handy bestellt.",
            "Die Suche hat {thing} sofort gefunden.",
            "Warenkorb, Adresse, Bezahlen: alles klar.",
            "Gut, dass man sieht, welche Filiale es hat.",
        ),
        "Delivery": (
            "Das Paket kam am {day}, wie versprochen.",
            "Gut verpackt, nichts kaputt.",
            "Der Fahrer hat geklingelt und es sogar hochgetragen.",
            "Einen Tag früher als angekündigt.",
        ),
        "Getting help": (
            "Nach {n} Sekunden war jemand dran und wusste Bescheid.",
            "Am {day} wurde ich zurückgerufen, wie vereinbart.",
            "Keine Musik, kein Menü, ein Mensch.",
            "Ein Anruf, und das Geld war unterwegs.",
        ),
        "Repair": (
            "Der Techniker kam am {day} und hatte das Teil dabei.",
            "Nach {n} Minuten lief alles wieder.",
            "Er hat erklärt, was kaputt war.",
            "Sauber, schnell, höflich.",
        ),
    },
    bad={
        "Visit": (
            "{n} Minuten lang niemanden zum Fragen gefunden.",
            "Am {day} war das halbe Regal leer.",
            "Laut Seite vorrätig, im Laden war nichts da.",
            "Kartons im Gang, mit dem Kinderwagen kein Durchkommen.",
            "Es war kalt, und eine Lampe flackerte.",
        ),
        "Purchase": (
            "Die Kasse ging nicht, wir haben {n} Minuten gewartet.",
            "Das Kartengerät hat meine Karte zweimal nicht genommen.",
            "Am {day} eine einzige Kasse offen.",
            "An der Kasse ein anderer Preis als am Regal.",
            "Kein Bon, der Drucker war kaputt.",
            "Die Schlange stand bis zur Tür.",
        ),
        "Order online": (
            "Beim Bezahlen hat mich die Seite hinausgeworfen.",
            "Nach {n} Minuten war der Warenkorb wieder leer.",
            "Die Suche findet {thing} nicht.",
            "Dreimal musste ich die Adresse eingeben.",
        ),
        "Delivery": (
            "Am {day} umsonst zu Hause geblieben.",
            "Kam mit einer Delle an.",
            "Bei einem Nachbarn abgegeben, den ich nicht kenne.",
            "{n} Tage zu spät und keine Nachricht.",
        ),
        "Getting help": (
            "{n} Minuten Warteschleife, dann war die Leitung tot.",
            "Drei Leute, drei Antworten.",
            "Am {day} sollte jemand anrufen. Niemand hat angerufen.",
            "Ich warte immer noch auf mein Geld.",
        ),
        "Repair": (
            "Das Teil fehlte, er muss noch einmal kommen.",
            "Nach {n} Tagen wieder kaputt.",
            "Den ganzen {day} gewartet, keiner kam.",
            "Zwei Termine, und es geht immer noch nicht.",
        ),
    },
    pleased={
        "waiting": ("Kein Warten.", "Ging schnell.", "Flott wie immer."),
        "staff": ("Nette Leute.", "Die kennen sich aus.", "Sehr freundlicher junger Mann."),
        "product": ("Gute Qualität.", "Tut, was es soll.", "Tolle Auswahl."),
        "price": ("Fairer Preis.", "Preis und Leistung stimmen.", "Günstiger als anderswo."),
    },
    displeased={
        "waiting": ("Das dauert viel zu lange.", "Das Warten ist das Schlimmste.", "Die Mittagspause war weg."),
        "staff": ("Das Personal wirkte genervt.", "Keiner fühlte sich zuständig.", "Ich wurde nur weitergeschickt."),
        "product": ("Wirkt billig.", "Die Qualität war früher besser.", "Nach einer Woche kaputt."),
        "price": ("Zu teuer für das, was es ist.", "Jeden Monat teurer.", "Nebenan kostet es weniger."),
    },
    happy_end=("", "", "Danke!", "Ich komme wieder.", "Weiter so.", "Habe es schon weiterempfohlen."),
    sad_end=("", "", "Das war's für mich.", "Bitte kümmern Sie sich darum.", "Ich hatte mehr erwartet.", "Schade."),
    middling=(
        "In Ordnung.",
        "Nichts Besonderes.",
        "Passt, könnte schneller gehen.",
        "Gut, aber da geht noch etwas.",
        "Weder gut noch schlecht.",
    ),
)
