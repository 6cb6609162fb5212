"""Names put together by chance. They belong to nobody in particular."""

from __future__ import annotations

import random

GIVEN = """
Aisha Amir Ana Anton Aylin Ben Carla Chen Clara Daniel Dario Elena Elif Emil Emma Felix Fatima Finn
Greta Hana Hugo Ida Ines Ivan Jakob Jana Jonas Julia Kai Karim Katya Lara Leon Lena Linh Luca Maja
Marek Maria Mateo Mia Milan Mina Nadia Nico Nina Noah Nora Olga Oskar Paula Petra Rafael Rosa Samir
Sara Selin Sofia Theo Tom Vera Viktor Yara Yusuf Zoe
""".split()  # noqa: SIM905 (a page of names reads better)
FAMILY = """
Abel Adler Almeida Arslan Bauer Becker Berg Bianchi Brandt Castro Conti Costa Demir Dietrich Duarte
Ebert Engel Fischer Fontaine Franke Garcia Graf Haas Hansen Horvat Ito Jansen Kaya Keller Klein
Kowalski Kraus Lang Lehmann Lindner Lopez Lorenz Maurer Meier Moreau Nagy Neumann Novak Okafor Ortiz
Park Peters Pham Popescu Ramos Richter Romano Santos Sato Schmidt Silva Simon Sommer Tanaka Vogel
Wagner Weber Winter Wolf Yilmaz Zimmer
""".split()  # noqa: SIM905 (a page of names reads better)


class Names:
    """Full names, none given twice."""

    def __init__(self, chance: random.Random) -> None:
        self._free = [f"{given} {family}" for given in GIVEN for family in FAMILY]
        chance.shuffle(self._free)

    def next(self) -> str:
        """One more."""
        return self._free.pop()


def address_of(name: str, domain: str) -> str:
    """The e-mail address that goes with a name."""
    return f"{name.lower().replace(' ', '.')}@{domain}"
