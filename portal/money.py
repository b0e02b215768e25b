"""Money: Decimal with two places in the code, integer cents in the database, the reader's notation on the page.

A sum of cents is exact on every database; ``None`` means «not stated» and is never zero (domain.md 4.3).

One rule for every number, here and in ``templating``: it is written as the page's language writes numbers. So an act,
a PDF or a letter, which are made inside ``in_italiano()``, have Italian numbers whoever asks. What is typed in a field
is Italian always, both ways: ``leggi_euro`` reads it, ``scrivi_euro(…, simbolo=False)`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

from .i18n import _, lingua

CENTESIMO = Decimal("0.01")
MASSIMO = Decimal("999999999999.99")
_ITALIANO = re.compile(r"(\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+|\d+)(,\d{1,2})?", re.ASCII)
_DECIMALI_LUNGHI = re.compile(r"[\d. ]*,\d{3,}", re.ASCII)
_ALL_ITALIANA = str.maketrans(",.", ".,")
_CIFRE = 30
"""No amount of ours is longer, and arithmetic on more digits than Decimal keeps would fail."""


class ImportoNonValido(ValueError):
    """The text is not an amount in Italian notation; the message says how to write it."""


def leggi_euro(testo: str) -> Decimal:
    """Read an amount as Italians write it: ``1.234,56``, ``1 234,56``, ``1234``, with or without the sign €.

    Raises ``ImportoNonValido`` with a suggestion where one can be guessed (``99.766.80`` in seed S3 is meant
    as ``99.766,80``: rule I17, flag F27). Never guesses silently.
    """
    pulito = " ".join(testo.split()).removeprefix("€").removesuffix("€").strip()
    if not pulito:
        raise ImportoNonValido(_("Scrivi un importo, per esempio 1.234,56."))
    if pulito.startswith("-") or pulito.startswith("\u2212"):
        raise ImportoNonValido(_("L’importo non può essere negativo."))
    if len(pulito) > _CIFRE and re.fullmatch(r"[\d., ]+", pulito):
        raise ImportoNonValido(_("L’importo è troppo grande."))
    if _DECIMALI_LUNGHI.fullmatch(pulito):
        raise ImportoNonValido(_("I centesimi sono due cifre: «%(testo)s» ne ha di più.", testo=pulito))
    if not _ITALIANO.fullmatch(pulito):
        raise ImportoNonValido(_messaggio(pulito))
    valore = Decimal(pulito.replace(".", "").replace(" ", "").replace(",", "."))
    if valore > MASSIMO:
        raise ImportoNonValido(_("L’importo è troppo grande."))
    return valore.quantize(CENTESIMO)


def _messaggio(testo: str) -> str:
    proposta = suggerisci(testo)
    if proposta:
        return _("«%(testo)s» non è un importo. Volevi scrivere %(proposta)s?", testo=testo, proposta=proposta)
    return _("«%(testo)s» non è un importo. Scrivilo così: 1.234,56.", testo=testo[:40])


def suggerisci(testo: str) -> str | None:
    """The Italian spelling of an amount whose separators are mixed up, or None when it cannot be guessed."""
    if not re.fullmatch(r"[\d.,]+", testo, re.ASCII):
        return None
    intero, separatore, decimali = testo.replace(",", ".").rpartition(".")
    if not separatore or len(decimali) not in (1, 2) or not re.search(r"\d", intero):
        return None
    cifre = re.sub(r"\D", "", intero)
    return scrivi_euro(Decimal(f"{cifre}.{decimali}"), simbolo=False)


def scrivi_euro(valore: Decimal | int | None, *, simbolo: bool = True) -> str:
    """``1234.5`` as «1.234,50 €» (non-breaking space) in Italian, «€1,234.50» in English; None as «non indicato».

    Without the sign it is what a field shows, and is Italian in every language: ``leggi_euro`` must read it again.
    """
    if valore is None:
        return _("non indicato")
    if not simbolo:
        return _cifre(valore, 2).translate(_ALL_ITALIANA)
    if lingua() == "en":
        return f"{'-' if valore < 0 else ''}€{_cifre(abs(Decimal(valore)), 2)}"
    return f"{scrivi_numero(valore, 2)}\u00a0€"


def scrivi_importo(valore: Decimal | int | None) -> str:
    """As ``scrivi_euro`` but without the sign, for tables that say «euro» once: «1.234,50», in English «1,234.50».

    Also fits points of a score where all have their two decimals. None as «non indicato».
    """
    return _("non indicato") if valore is None else scrivi_numero(valore, 2)


def scrivi_numero(valore: Decimal | float, decimali: int = 0) -> str:
    """A number as the page writes it, with so many decimals: «70.274», in English «70,274»."""
    cifre = _cifre(valore, decimali)
    return cifre if lingua() == "en" else cifre.translate(_ALL_ITALIANA)


def _cifre(valore: Decimal | float, decimali: int) -> str:
    return f"{Decimal(valore):,.{decimali}f}"


def somma(importi: Iterable[Decimal | None]) -> Decimal:
    """Exact sum; amounts that are not stated count for nothing."""
    return sum((i for i in importi if i is not None), Decimal("0.00"))


def quota(parte: Decimal, tutto: Decimal) -> Decimal:
    """Percentage with one decimal, half up; zero when there is no whole."""
    if not tutto:
        return Decimal("0.0")
    return (parte * 100 / tutto).quantize(Decimal("0.1"), ROUND_HALF_UP)


class Euro(TypeDecorator[Decimal]):
    """Column of money: integer cents in the database, Decimal with two places outside.

    Also fits points of a score, which have two places too.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        centesimi = Decimal(value) * 100
        if centesimi != centesimi.to_integral_value():
            raise ValueError(f"{value} ha più di due decimali")
        return int(centesimi)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        # SUM() of bigint is numeric on PostgreSQL: go through int so that the scale is always two
        return None if value is None else Decimal(int(value)).scaleb(-2)
