"""The words of the bodies' choices, as pages and forms show them."""

from __future__ import annotations

from ...i18n import _l

GENERI = {
    "coordinamento": _l("Coordinamento istituzionale"),
    "cabina": _l("Cabina di Regia"),
    "rete": _l("Rete per l’inclusione"),
    "tavolo": _l("Tavolo tematico"),
    "sindacati": _l("Tavolo con le organizzazioni sindacali"),
    "commissione": _l("Commissione"),
    "assemblea": _l("Assemblea a quote"),
    "altro": _l("Altro organo"),
}
SOGLIE = {
    "maggioranza": _l("la maggioranza (più della metà)"),
    "meta": _l("almeno la metà"),
    "un_terzo": _l("almeno un terzo"),
    "due_terzi": _l("almeno due terzi"),
    "tutti": _l("tutti"),
}
BASI_VOTO = {
    "votanti": _l("di chi vota: chi si astiene non conta"),
    "presenti": _l("dei presenti: chi si astiene conta"),
    "componenti": _l("di tutti i componenti"),
}
PESI = {"teste": _l("per teste"), "quote": _l("per quote"), "entrambe": _l("per teste e per quote")}
BASI_QUOTE = {"cento": _l("100"), "somma": _l("la somma delle quote")}
PUBBLICAZIONI = {
    "verbale": _l("Il verbale intero, con gli omissis"),
    "decisioni": _l("Solo le decisioni"),
    "niente": _l("Solo data e ordine del giorno"),
}
FINI = {
    "scadenza": _l("scadenza"),
    "dimissioni": _l("dimissioni"),
    "revoca": _l("revoca"),
    "decadenza": _l("decadenza"),
    "sostituzione": _l("sostituzione"),
}
