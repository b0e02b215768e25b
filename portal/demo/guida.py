"""The demonstration guide: one TOML file per service in ``dati/guida/<slug of the Ambito>``, English in ``en.toml``.

Texts come from the public plans named in each page's source; what those acts do not say is «da completare».
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..ambiti.models import Ambito
from ..ambiti.queries import comuni
from ..guida import operations, queries
from ..guida.models import Categoria, StatoServizio
from ..guida.rules import Contenuto, DatiContatto, DatiSede, in_elenco
from ..piano.queries import schede_per_scelta

DATI = Path(__file__).parent / "dati" / "guida"
TESTI = ("a_chi", "come_fare", "cosa_serve", "cosa_ottieni", "tempi", "costi", "chi_paga", "condizioni", "fonte")
BREVE = {
    "breve_per_chi": "per_chi",
    "breve_costo": "quanto_costa",
    "breve_portare": "che_cosa_portare",
    "breve_urgenza": "urgenza",
}


def carica(ambito: Ambito) -> int:
    """Load the pages of one Ambito, chosen by its slug; how many are new or changed. Call it inside ``usa_ambito``."""
    schede = {s.codice: s.id for s in reversed(schede_per_scelta())}  # the latest plan wins
    per_nome = {c.nome: c.id for c in comuni()}
    cambiate = sum(_importa(ambito, dati, schede, per_nome) for dati in _leggi(ambito.slug))
    traduci()
    return cambiate


def _leggi(slug: str) -> Iterator[dict[str, Any]]:
    for percorso in sorted((DATI / slug).glob("*.toml")):
        with percorso.open("rb") as aperto:
            yield tomllib.load(aperto)


def _importa(ambito: Ambito, dati: Mapping[str, Any], schede: Mapping[str, int], per_nome: Mapping[str, int]) -> bool:
    return operations.importa(
        ambito_id=ambito.id,
        slug=dati["slug"],
        contenuto=contenuto(dati, schede, per_nome),
        verificato_il=dati.get("verificato_il"),
        verificato_da=dati.get("verificato_da", ""),
        attore=None,
    )


def contenuto(dati: Mapping[str, Any], schede: Mapping[str, int], per_nome: Mapping[str, int]) -> Contenuto:
    """A file as the values of a page. ``comuni`` is «tutti» or a list of names."""
    return Contenuto(
        titolo=dati["titolo"],
        categoria=Categoria(dati["categoria"]),
        descrizione=dati["descrizione"].strip(),
        stato=StatoServizio(dati["stato"]),
        motivo_stato=dati.get("motivo_stato", "").strip(),
        protetto=dati.get("protetto", False),
        scheda_id=schede.get(dati.get("scheda", "")),
        parole=in_elenco(dati["parole"]),
        argomenti=in_elenco(dati["argomenti"]),
        sedi=tuple(DatiSede(**sede) for sede in dati.get("sedi", ())),
        contatti=tuple(DatiContatto(c["tipo"], c["etichetta"], c["valore"]) for c in dati.get("contatti", ())),
        comuni=frozenset() if dati["comuni"] == "tutti" else frozenset(per_nome[nome] for nome in dati["comuni"]),
        **{campo: dati["in_breve"][chiave].strip() for campo, chiave in BREVE.items()},
        **{campo: dati[campo].strip() for campo in TESTI},
    )


def traduci(lingua: str = "en") -> None:
    """Put the translations of ``<lingua>.toml`` beside the pages of the current Ambito that have that slug."""
    with (DATI / f"{lingua}.toml").open("rb") as aperto:
        voci = tomllib.load(aperto)
    for slug, voce in voci.items():
        servizio = queries.servizio(slug)
        if servizio is not None:
            testi = {"titolo": voce["titolo"], "descrizione": voce["descrizione"]}
            testi |= {campo: voce["in_breve"][chiave] for campo, chiave in BREVE.items()}
            operations.traduci(servizio, lingua, testi, attore=None)
