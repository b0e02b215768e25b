"""The command: prepares the data, starts both servers, measures, prints, and cleans up after itself."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from . import profilo
from .banchi import Luogo, luogo, prove, riempi
from .dati import Dati, presentate
from .misure import Banco, Misura, Obiettivo, Opzioni, bozze_necessarie
from .resoconto import intestazione, numero, righe, tabella

NOMI = ("guida", "ricerca", "avviso", "presenta", "memoria", "avvio")


def argomenti(testo: Sequence[str] | None = None) -> argparse.Namespace:
    lettore = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    lettore.add_argument("nomi", nargs="*", metavar="operazione", help=f"fra {', '.join(NOMI)}; nessuna: tutte")
    lettore.add_argument("--giri", type=_fra(1, 20), default=3, help="quante volte ogni lato")
    lettore.add_argument("--secondi", type=_fra(1, 30), default=4, help="quanto dura una misura")
    lettore.add_argument("--connessioni", type=_fra(1, 64), default=4)
    lettore.add_argument("--processi", type=_fra(1, 8), default=2)
    lettore.add_argument("--servizi", type=_fra(1000, 100_000), default=10_000)
    lettore.add_argument("--con-file", type=_fra(1, 500), default=60, help="proposte con 5 MB a ogni giro")
    lettore.add_argument("--senza-file", type=_fra(1, 2000), default=300, help="proposte senza file a ogni giro")
    lettore.add_argument("--folla", type=_fra(0, 5000), default=1000, help="proposte di 50 clienti insieme; 0: nessuna")
    lettore.add_argument("--ambiente", choices=("sviluppo", "produzione"), default="sviluppo")
    lettore.add_argument("--postgres", action="store_true", help="su PostgreSQL invece che su SQLite")
    lettore.add_argument("--markdown", action="store_true", help="una tabella per il README")
    lettore.add_argument("--profilo", action="store_true", help="dove va il tempo di guida e avviso, senza server")
    scelte = lettore.parse_args(testo)
    if ignoti := set(scelte.nomi) - set(NOMI):
        lettore.error(f"operazioni sconosciute: {', '.join(sorted(ignoti))}")
    scelte.nomi = scelte.nomi or list(NOMI)
    return scelte


def _fra(minimo: int, massimo: int) -> Callable[[str], int]:
    def intero(testo: str) -> int:
        if not minimo <= int(testo) <= massimo:
            raise argparse.ArgumentTypeError(f"fra {minimo} e {massimo}")
        return int(testo)

    return intero


def main() -> int:
    scelte = argomenti()
    opzioni = Opzioni(scelte.giri, scelte.secondi, scelte.connessioni, scelte.con_file, scelte.senza_file, scelte.folla)
    presenta = "presenta" in scelte.nomi and not scelte.profilo
    con_file, senza_file = bozze_necessarie(opzioni) if presenta else (1, 1)
    with ExitStack() as pila:
        cartella = Path(pila.enter_context(tempfile.TemporaryDirectory(prefix="coprogetta-bench-")))
        dove = pila.enter_context(
            luogo(cartella, con_postgres=scelte.postgres, ambiente=scelte.ambiente, processi=scelte.processi)
        )
        di(f"Preparo {scelte.servizi} servizi e {con_file + senza_file} bozze…")
        dati = riempi(dove, servizi=scelte.servizi, con_file=con_file, senza_file=senza_file)
        if scelte.profilo:
            profilo.stampa(dove.app(), dati)
            return 0
        testa = intestazione("PostgreSQL" if scelte.postgres else "SQLite", _parole(scelte))
        misure = []
        for misura in _misura(dove, dati, opzioni, scelte.nomi):
            misure.append(misura)
            di("\n".join(righe([misura])))
    print(testa, "", *(tabella(misure) if scelte.markdown else righe(misure)), sep="\n")
    return 1 if any(m.errori for m in misure) else 0


def _parole(scelte: argparse.Namespace) -> str:
    return (
        f"{scelte.processi} processi, {scelte.connessioni} connessioni, {scelte.giri} giri di {scelte.secondi} s alternati, "
        f"{numero(scelte.servizi)} servizi, ambiente «{scelte.ambiente}»"
    )


def _misura(dove: Luogo, dati: Dati, opzioni: Opzioni, nomi: Sequence[str]) -> Iterator[Misura]:
    del_portale, del_limite = prove(dati)
    with ExitStack() as pila:
        portale = dove.accendi_portale(del_portale)
        pila.callback(portale.spegni)
        limite = dove.accendi_limite(del_limite)
        pila.callback(limite.spegni)
        banco = Banco(portale, limite, dati, opzioni)
        for nome in (n for n in NOMI if n in nomi and n != "avvio"):
            yield from getattr(banco, nome)()
        if banco.presentate:
            difetti = list(presentate(dove.app(), banco.presentate))
            assert not difetti, difetti
    if "avvio" in nomi:
        yield _avvio(dove, del_portale, del_limite, max(3, opzioni.giri))


def _avvio(dove: Luogo, del_portale: str, del_limite: str, giri: int) -> Misura:
    """From the command to the first page, with the files already in the disk's cache."""
    secondi: tuple[list[float], list[float]] = ([], [])
    lati = ((dove.accendi_portale, del_portale), (dove.accendi_limite, del_limite))
    for giro in range(giri + 1):
        for tempi, (accendi, prova) in zip(secondi, lati, strict=True):
            acceso = accendi(prova)
            acceso.spegni()
            if giro:  # the first start of each fills the disk's cache
                tempi.append(acceso.secondi)
    rapporti = [a / b for a, b in zip(*secondi, strict=True)]
    a, b = (sorted(tempi)[len(tempi) // 2] for tempi in secondi)
    nome = f"Avvio fino alla prima pagina: {numero(a)} s contro {numero(b)}"
    return Misura(nome, "lo stesso", Obiettivo(2.0, "al più"), rapporti=rapporti)


def di(testo: str) -> None:
    """What goes on, beside the results."""
    print(testo, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
