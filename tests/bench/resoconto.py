"""The results, for a terminal or as Markdown for the README."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from portal.clocks import oggi

from .carico import Giro
from .misure import Misura

COLONNE = (
    "Operazione", "Limite", "Portale/s", "Limite/s", "Portale p50 / p95 ms", "Limite p50 / p95 ms", "CPU ms", "kB",
    "Rapporto mediano (peggiore)", "Obiettivo", "Esito",
)  # fmt: skip


def numero(valore: float) -> str:
    """As it is written in Italian, with the figures that mean something."""
    cifre = 0 if abs(valore) >= 100 else 1 if abs(valore) >= 10 else 2
    return f"{valore:,.{cifre}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _mediana(giri: Sequence[Giro], campo: str) -> float:
    return float(statistics.median(getattr(g, campo) for g in giri))


def celle(m: Misura) -> list[str]:
    """An operation as the cells of its row; a dash where there is nothing to say."""
    riga = [m.nome, m.contro]
    if m.portale:
        lati = (m.portale, m.limite)
        riga += [numero(_mediana(giri, "al_secondo")) for giri in lati]
        riga += [f"{numero(_mediana(giri, 'p50'))} / {numero(_mediana(giri, 'p95'))}" for giri in lati]
        riga += [" / ".join(numero(_mediana(giri, campo)) for giri in lati) for campo in ("cpu", "kb")]
    else:
        riga += ["—"] * 6
    peggiore = m.obiettivo.peggiore(m.rapporti) if m.obiettivo and m.rapporti else min(m.rapporti, default=0.0)
    riga.append(f"{numero(m.mediano)} ({numero(peggiore)})" if m.rapporti else "—")
    riga.append(f"{m.obiettivo.verso} {numero(m.obiettivo.soglia)}" if m.obiettivo else "nessun errore")
    return [*riga, "; ".join(filter(None, (_esito(m), m.note)))]


def _esito(m: Misura) -> str:
    if m.errori:
        return f"{sum(g.errori for g in (*m.portale, *m.limite))} errori"
    if m.obiettivo is None:
        return "raggiunto"
    return "" if m.raggiunto is None else "raggiunto" if m.raggiunto else "non raggiunto"


def tabella(misure: Sequence[Misura]) -> Iterator[str]:
    yield f"| {' | '.join(COLONNE)} |"
    yield "|" + " --- |" * len(COLONNE)
    for misura in misure:
        yield f"| {' | '.join(celle(misura))} |"


def righe(misure: Sequence[Misura]) -> Iterator[str]:
    """For a terminal: an operation on three lines."""
    for m in misure:
        nomi = dict(zip(COLONNE, celle(m), strict=True))
        yield f"{m.nome}  [{m.contro}]"
        if m.portale:
            for lato in ("Portale", "Limite"):
                yield f"    {lato:8} {nomi[f'{lato}/s']:>8} al secondo   p50 / p95 {nomi[f'{lato} p50 / p95 ms']} ms"
            yield f"    CPU di una richiesta {nomi['CPU ms']} ms   kB {nomi['kB']}"
        yield f"    rapporto {nomi['Rapporto mediano (peggiore)']}   obiettivo {nomi['Obiettivo']}: {nomi['Esito']}"
        yield from (f"    ! {errore}" for errore in m.errori[:5])


def intestazione(database: str, opzioni: str) -> str:
    """Where and with what it was measured: the numbers mean nothing elsewhere."""
    generatore = "wrk" if shutil.which("wrk") else "thread di Python"
    pacchetti = ", ".join(f"{nome} {version(nome)}" for nome in ("flask", "sqlalchemy", "granian"))
    carico = os.getloadavg()[0]
    macchina = f"{os.cpu_count()} CPU, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        f"{oggi().isoformat()}. {macchina}, {pacchetti}, {database}. {opzioni}; pagine chieste con {generatore}. "
        f"Carico della macchina prima di cominciare: {numero(carico)}."
    )
