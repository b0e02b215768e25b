"""When a person must look at a page again. Months are calendar months; the day is Rome's."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def prossimo_controllo(verificato_il: date, mesi: int) -> date:
    """The same day ``mesi`` months later, or the last day of that month when it is shorter."""
    anno, mese = divmod(verificato_il.year * 12 + verificato_il.month - 1 + mesi, 12)
    return date(anno, mese + 1, min(verificato_il.day, monthrange(anno, mese + 1)[1]))


def da_verificare(verificato_il: date | None, oggi: date, mesi: int) -> bool:
    """Must a person look at the page again? Always when nobody ever did."""
    return verificato_il is None or oggi > prossimo_controllo(verificato_il, mesi)


def confine_verifica(oggi: date, mesi: int) -> date:
    """Pages last checked before this day are to be checked again on ``oggi``.

    Months have different lengths, so it is looked for: the first day whose own next check is not yet past.
    """
    confine = prossimo_controllo(oggi, -mesi)
    while prossimo_controllo(confine, mesi) < oggi:
        confine = date.fromordinal(confine.toordinal() + 1)
    return confine
