"""What is measured: each operation of the portal against the same one of the bare limit, in turn, and its goal.

The goals are those the project set itself before it was written. A goal is met when the worst round meets it, and
only if nothing failed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote_plus

from .accensione import Acceso, chiedi
from .carico import Giro, Pagine, invii, leggi
from .dati import AMBITO, RICEVUTE, Bozza, Dati
from .invio import al_limite, al_portale

Lato = Callable[[], Giro]
DIVERSI = 10_000
SCALDA = 8
"""Submissions thrown away before those that count."""


@dataclass(frozen=True)
class Opzioni:
    """How much to measure. ``clienti``: who submits at the same time; ``folla``: submissions of the crowd, 0 for none."""

    giri: int
    secondi: int
    connessioni: int
    con_file: int
    senza_file: int
    folla: int
    clienti: int = 4
    in_folla: int = 50


@dataclass(frozen=True)
class Obiettivo:
    """A bound on portal/limit, or on a number of the portal alone."""

    soglia: float
    verso: Literal["almeno", "al più"] = "almeno"

    def raggiunto(self, rapporti: Sequence[float]) -> bool:
        if self.verso == "almeno":
            return min(rapporti) >= self.soglia
        return max(rapporti) <= self.soglia

    def peggiore(self, rapporti: Sequence[float]) -> float:
        return min(rapporti) if self.verso == "almeno" else max(rapporti)


@dataclass
class Misura:
    """An operation measured: rounds of both sides; ``rapporti`` has one ratio a round. ``note``: what else to know."""

    nome: str
    contro: str
    obiettivo: Obiettivo | None
    portale: list[Giro] = field(default_factory=list)
    limite: list[Giro] = field(default_factory=list)
    rapporti: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def errori(self) -> list[str]:
        return [e for g in (*self.portale, *self.limite) if g.errori for e in g.esempi or (f"{g.errori} richieste fallite",)]

    @property
    def mediano(self) -> float:
        return statistics.median(self.rapporti)

    @property
    def raggiunto(self) -> bool | None:
        if self.obiettivo is None or not self.rapporti:
            return None
        return not self.errori and self.obiettivo.raggiunto(self.rapporti)


def alterna(misura: Misura, portale: Lato, limite: Lato, giri: int) -> Misura:
    """A B A B. Between two measures a slow server gets the time to finish what its clients have left it."""
    for _ in range(giri):
        for lato, dove in ((portale, misura.portale), (limite, misura.limite)):
            giro = lato()
            dove.append(giro)
            _riposa(giro)
        misura.rapporti.append(misura.portale[-1].al_secondo / max(misura.limite[-1].al_secondo, 1e-9))
    return misura


def _con_cpu(server: Acceso, misura: Lato) -> Giro:
    prima = server.cpu()
    giro = misura()
    return replace(giro, cpu=(server.cpu() - prima) / max(1, giro.quante))


def _riposa(giro: Giro) -> None:
    time.sleep(min(5.0, 0.2 + 2 * giro.p95 / 1000))


class Banco:
    """Both servers, running, and the data they share."""

    def __init__(self, portale: Acceso, limite: Acceso, dati: Dati, opzioni: Opzioni) -> None:
        self.portale, self.limite, self.dati, self.opzioni = portale, limite, dati, opzioni
        self._bozze = {con_file: iter([b for b in dati.bozze if b.con_file == con_file]) for con_file in (True, False)}
        self.presentate: list[Bozza] = []

    def lettura(
        self, misura: Misura, portale: Sequence[str], limite: Sequence[str], testate: Mapping[str, str] | None = None
    ) -> Misura:
        """Pages in turn from each list; each measure goes on from where the one before it stopped."""
        o = self.opzioni
        sue = self._lato(self.portale, Pagine(self.portale.porta, portale, o.connessioni, testate or {}))
        return alterna(misura, sue, self._lato(self.limite, Pagine(self.limite.porta, limite, o.connessioni)), o.giri)

    def _lato(self, server: Acceso, pagine: Pagine) -> Lato:
        """A second to warm up now, thrown away; then the measure, as many times as it is called."""
        prossimo = leggi(pagine, da=0, secondi=1).quante

        def misura() -> Giro:
            nonlocal prossimo
            giro = _con_cpu(server, lambda: leggi(pagine, da=prossimo, secondi=self.opzioni.secondi))
            prossimo += giro.quante
            return giro

        return misura

    def guida(self) -> Iterator[Misura]:
        servizi, core = self._indirizzi("guida", self.dati.servizi), [f"/core/{slug}" for slug in self.dati.servizi]
        una = servizi[5].partition("?")[0]
        controlla(self.portale, una, b"</html>")
        controlla(self.limite, core[5], b"</html>")
        resa = Misura("Pagina della guida, ogni volta un’altra", "pagina + 1 SELECT Core", Obiettivo(0.40))
        yield self.lettura(resa, servizi, core)
        stessa = Misura("Pagina della guida, sempre la stessa", "pagina + 1 SELECT Core", Obiettivo(1.0))
        yield self.lettura(stessa, [una], core[5:6])
        non_cambiata = Misura("Pagina della guida non cambiata (304)", "«ciao»", Obiettivo(0.5))
        etichetta = (chiedi(self.portale.porta, una) or (0, {}, b""))[1].get("etag")
        if etichetta is None:
            non_cambiata.note = "la pagina non ha ETag"
            yield non_cambiata
            return
        testate = {"If-None-Match": etichetta}
        controlla(self.portale, una, b"", testate=testate, atteso=304)
        yield self.lettura(non_cambiata, [una], ["/ciao"], testate)

    def _indirizzi(self, area: str, slug: Sequence[str]) -> list[str]:
        """Ten thousand addresses of pages, no two alike: what a page cache holds is of no use to the next request."""
        return [f"/{AMBITO}/{area}/{slug[n % len(slug)]}?n={n}" for n in range(DIVERSI)]

    def ricerca(self) -> Iterator[Misura]:
        quanti = f"{len(self.dati.servizi):,}".replace(",", ".")
        for nome, parole in (("due parole", self.dati.coppie), ("una parola comune", (self.dati.comune,))):
            portale = [f"/{AMBITO}/guida?q={quote_plus(p)}" for p in parole]
            limite = [f"/cerca?q={quote_plus(p)}" for p in parole]
            trovano_lo_stesso(self.portale, portale, self.limite, limite)
            misura = Misura(f"Ricerca fra {quanti} servizi: {nome}", "ricerca nuda", Obiettivo(0.5))
            yield self.lettura(misura, portale, limite)

    def avviso(self) -> Iterator[Misura]:
        avvisi, orm = self._indirizzi("avvisi", self.dati.avvisi), [f"/orm/{slug}" for slug in self.dati.servizi]
        uno = avvisi[0].partition("?")[0]
        controlla(self.portale, uno, b"</html>")
        controlla(self.limite, orm[0], b"</html>")
        resa = Misura("Pagina dell’avviso, ogni volta un’altra", "pagina + 1 SELECT ORM", Obiettivo(0.40))
        yield self.lettura(resa, avvisi, orm)
        ricevute = f"{RICEVUTE:,}".replace(",", ".")
        piena = Misura(f"Pagina di un avviso con {ricevute} proposte", "pagina + 1 SELECT ORM", Obiettivo(1.0))
        yield self.lettura(piena, [uno], orm[:1])

    def presenta(self) -> Iterator[Misura]:
        o, riga = self.opzioni, "1 POST, 1 riga durevole"
        yield self._invii(Misura("Presentare una proposta, senza file", riga, Obiettivo(0.35)), o.senza_file, con_file=False)
        pesante = Misura("Caricare 5 MB e presentare", "1 POST con 5 MB", Obiettivo(0.7))
        pesante.note = "il portale riceve due POST per ogni proposta"
        yield self._invii(pesante, o.con_file, con_file=True)
        if o.folla:
            folla = Misura(f"{o.folla} proposte da {o.in_folla} clienti insieme", riga, None)
            yield alterna(folla, *self._lati(o.folla, o.in_folla, con_file=False), 1)

    def _invii(self, misura: Misura, quante: int, *, con_file: bool) -> Misura:
        o = self.opzioni
        for lato in self._lati(SCALDA, o.clienti, con_file=con_file):
            lato()
        return alterna(misura, *self._lati(quante, o.clienti, con_file=con_file), o.giri)

    def _lati(self, quante: int, clienti: int, *, con_file: bool) -> tuple[Lato, Lato]:
        """So many submissions to each; the portal's drafts are used once."""

        def portale() -> Giro:
            scelte = [next(self._bozze[con_file]) for _ in range(quante)]
            self.presentate += scelte
            return _con_cpu(self.portale, lambda: invii(self.portale.porta, map(al_portale, scelte), clienti=clienti))

        def limite() -> Giro:
            lavori = al_limite(quante, con_file=con_file)
            return _con_cpu(self.limite, lambda: invii(self.limite.porta, lavori, clienti=clienti))

        return portale, limite

    def memoria(self) -> Iterator[Misura]:
        """After everything else, so that every cache is full."""
        for nome, voce in (("Memoria di un processo", "VmRSS"), ("La stessa, senza le pagine dei file", "RssAnon")):
            a, b = self.portale.memoria(voce), self.limite.memoria(voce)
            misura = Misura(f"{nome}: {a:.0f} MB contro {b:.0f}", "lo stesso", Obiettivo(1.8, "al più"))
            misura.rapporti.append(a / b)
            yield misura


def bozze_necessarie(o: Opzioni) -> tuple[int, int]:
    """How many drafts the measures use up: with a file, without."""
    return o.giri * o.con_file + SCALDA, o.giri * o.senza_file + SCALDA + o.folla


def controlla(
    server: Acceso, percorso: str, contiene: bytes, *, testate: Mapping[str, str] | None = None, atteso: int = 200
) -> bytes:
    """The body of a page that answers as it must. Raises AssertionError: what is wrong but fast must not win."""
    stato, _, corpo = chiedi(server.porta, percorso, testate) or (0, {}, b"")
    assert stato == atteso, f"{percorso}: {stato}"
    assert contiene in corpo, f"{percorso}: manca {contiene!r}"
    return corpo


def trovano_lo_stesso(portale: Acceso, suoi: Sequence[str], limite: Acceso, altri: Sequence[str]) -> None:
    """Both searches find something, and as many pages as the other. Raises AssertionError."""
    for suo, altro in zip(suoi, altri, strict=True):
        sue = controlla(portale, suo, b"</html>").count(f'href="/{AMBITO}/guida/servizio-'.encode())
        altre = controlla(limite, altro, b"</html>").count(b"<article ")
        assert sue == altre > 0, f"{suo}: {sue} pagine, {altro}: {altre}"
