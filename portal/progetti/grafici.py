"""The bars of a project's page, as the values that ``componenti/impilate.html`` draws: amounts already written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..i18n import _
from ..money import scrivi_euro, somma
from . import rules
from .models import Impegno, Progetto

ZERO = Decimal("0.00")


def copertura(progetto: Progetto) -> rules.Copertura:
    """How much of the contribution is bound. Needs ``progetto.impegni``."""
    return rules.copertura(progetto.contributo, [i.importo for i in progetto.impegni])


def di_progetto(progetto: Progetto, altri: Mapping[int, Decimal]) -> dict[str, Any]:
    """Everything the money part of the page shows. ``altri``: what other projects have bound, by line, in euro."""
    coperto = copertura(progetto)
    per_riga: dict[int, list[Impegno]] = {}
    for impegno in progetto.impegni:
        per_riga.setdefault(impegno.riga_id, []).append(impegno)
    righe = [_riga(impegni, altri.get(riga_id, ZERO)) for riga_id, impegni in per_riga.items()]
    quote = rules.larghezze(progetto.contributo, [coperto.legato, coperto.da_legare])
    return {
        "progetto": progetto,
        "copertura": coperto,
        "barra_contributo": list(zip("ac", quote, strict=True)),
        "righe": [barra for barra, _dati in righe],
        "dati": [dati for _barra, dati in righe],
        "schede": list({i.riga.annualita.scheda.id: i.riga.annualita.scheda for i in progetto.impegni}.values()),
    }


def _riga(impegni: Sequence[Impegno], altri: Decimal) -> tuple[dict[str, Any], tuple[str, ...]]:
    riga = impegni[0].riga
    nome = f"{riga.annualita.scheda.codice} · {riga.annualita.anno} · {riga.fondo.nome}"
    questo = somma(i.importo for i in impegni)
    resta = rules.residuo(riga.importo, [questo, altri])
    euro = [scrivi_euro(v) for v in (riga.importo, questo, altri, resta)]
    resto = _("restano %(resta)s", resta=euro[3]) if resta >= 0 else _("superato di %(oltre)s", oltre=scrivi_euro(-resta))
    barra = {
        "testo": nome,
        "cifra": euro[1],
        "parti": list(zip("abc", rules.larghezze(riga.importo, [questo, altri, resta]), strict=True)),
        "frase": _(
            "Programmato %(programmato)s: a questo progetto %(questo)s, ad altri %(altri)s, %(resto)s.",
            programmato=euro[0],
            questo=euro[1],
            altri=euro[2],
            resto=resto,
        ),
    }
    return barra, (nome, *euro)
