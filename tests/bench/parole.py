"""Made-up Italian for thousands of pages: the same words for the portal and for the bare limit, always the same.

Frequencies follow Zipf's law, as those of any language: a few words are in almost every page, most in a few. The
tail is of words that nobody says, made of syllables, so that an index has as many terms as a real one.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from portal.stems import PAROLA, VUOTE, quotidiane, radice

_FREQUENTI = """
di e il la servizio per a in persona che domanda del un con della si comune i le da territorio al ufficio sono
percorso alla o progetto nel gli attività come modulo dei delle anche una incontro se essere documento più non
quando educatore presso operatore ogni residenza sostegno dal ai settimana laboratorio tutti periodo gruppo
"""
_DEL_CAMPO = """
colloquio accoglienza sportello valutazione équipe relazione autonomia scuola palestra biblioteca quartiere
parrocchia volontario animatore psicologo logopedista fisioterapia riabilitazione mensile trimestre graduatoria
punteggio certificato allegato firma delega ricorso protocollo istruttoria verifica rendiconto convenzione
cooperativa associazione fondazione tavolo consulta rete protezione tutela ascolto orientamento formazione
bottega artigiano orto cucina teatro musica lettura gioco piscina mare campagna viaggio autobus navetta
telefonata messaggio indirizzo orario martedì giovedì mattina pomeriggio estate autunno inverno primavera
farmacia medico infermiere ospedale distretto terapia dieta visita vaccino pressione farmaco respiro riposo
quaderno libro matita lavagna maestra compagno amicizia fratello sorella zia cugino vicino condominio cortile
finestra porta chiave letto tavola sedia lampada stufa coperta vestito scarpa borsa ombrello bicicletta
"""
_SILLABE = """
ba be bi co cu da de di fa fe ga go la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to va ve vo
"""
_FINALI = "zione/mento/ista/ale/ivo/oso/ario/ante/enza/ibile/iere/aggio/tura/ezza"
CODA = 4000
"""Made-up words at the end of the list."""


@dataclass(frozen=True)
class Testi:
    """A page of the guide. ``cercato``: the words a search looks at besides the title, whoever stores them."""

    titolo: str
    descrizione: str
    parole: str
    breve: tuple[str, str, str, str]
    a_chi: str
    cosa_ottieni: str
    lunghi: tuple[str, ...]
    inglese: tuple[str, str]


class Parole:
    """A source of texts; two with the same seed say the same things."""

    def __init__(self, seme: int = 7) -> None:
        self.caso = random.Random(seme)
        inventate = {self._inventa() for _ in range(CODA)}
        self.vocabolario = list(dict.fromkeys([*_FREQUENTI.split(), *_DEL_CAMPO.split(), *sorted(inventate)]))
        self._pesi = list(accumulate(1 / (posto + 2.7) for posto in range(len(self.vocabolario))))

    def _inventa(self) -> str:
        inizio = self.caso.choices(_SILLABE.split(), k=self.caso.randint(2, 3))
        return "".join(inizio) + self.caso.choice(_FINALI.split("/"))

    def parole(self, quante: int) -> list[str]:
        return self.caso.choices(self.vocabolario, cum_weights=self._pesi, k=quante)

    def frasi(self, quante: int) -> str:
        """Plain sentences of a dozen words, ``quante`` words in all."""
        parole = self.parole(quante)
        pezzi = [" ".join(parole[i : i + 12]).capitalize() + "." for i in range(0, quante, 12)]
        return " ".join(pezzi)

    def titolo(self, quante: int = 6) -> str:
        return " ".join(self.parole(quante)).capitalize()

    def markdown(self, quante: int) -> str:
        """A paragraph and a list, as the office writes its sections."""
        meta = quante // 2
        voci = "\n".join(f"- {self.frasi(meta // 3)}" for _ in range(3))
        return f"{self.frasi(meta)}\n\n{voci}"

    def pagina(self) -> Testi:
        return Testi(
            titolo=self.titolo(),
            descrizione=self.frasi(20)[:250],
            parole=", ".join(self.parole(4)),
            breve=(self.frasi(8), self.frasi(5), self.frasi(6), self.frasi(6)),
            a_chi=self.frasi(25),
            cosa_ottieni=self.frasi(25),
            lunghi=tuple(self.markdown(40) for _ in range(5)),
            inglese=(self.titolo(), self.frasi(20)[:250]),
        )


def domande(corpi: Sequence[str], *, quante: int = 20) -> tuple[list[str], str]:
    """What people will look for in those texts: pairs of middling words, and the most common word of all.

    Only words that mean the same to any engine: no empty ones, none with synonyms, none that shares its root with
    another, so that the portal (which searches by roots) and a plain index find the same pages.
    """
    presenze = Counter(parola for corpo in corpi for parola in set(PAROLA.findall(corpo.lower())))
    radici = Counter(radice(parola) for parola in presenze if parola.isascii())
    buone = [
        parola
        for parola, _ in presenze.most_common()
        if parola.isascii() and len(parola) > 3 and radici[radice(parola)] == 1 and parola not in VUOTE | quotidiane().keys()
    ]
    medie = [parola for parola in buone if 0.02 <= presenze[parola] / len(corpi) <= 0.10][: 2 * quante]
    if len(medie) < 2 * quante:
        raise ValueError(f"troppo pochi testi per scegliere le parole: {len(corpi)}")
    return [f"{a} {b}" for a, b in zip(medie[:quante], medie[quante:], strict=True)], buone[0]
