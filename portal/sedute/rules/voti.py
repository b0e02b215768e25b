"""From a count of votes to its outcome, by the rule of the body, with the arithmetic that proves it (domain.md 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ...errors import ErroreDominio
from ...i18n import _
from ...organi.models import BaseVoto, Peso
from ...organi.rules.quorum import MAGGIORANZA, Soglia
from ..models import Voto

ZERO = Decimal(0)


@dataclass(frozen=True)
class RegolaVoto:
    """How a kind of act passes. ``prevale_presidente``: on a tie, the side where the president voted."""

    base: BaseVoto = BaseVoto.VOTANTI
    soglia: Soglia = MAGGIORANZA
    peso: Peso = Peso.TESTE
    prevale_presidente: bool = False


@dataclass(frozen=True)
class Misura:
    """Heads (integers) or quotas (percent) of one vote."""

    componenti: Decimal | int
    presenti: Decimal | int
    favorevoli: Decimal | int
    contrari: Decimal | int
    astenuti: Decimal | int

    def base(self, di: BaseVoto) -> Decimal | int:
        if di == BaseVoto.COMPONENTI:
            return self.componenti
        return self.presenti if di == BaseVoto.PRESENTI else self.favorevoli + self.contrari


@dataclass(frozen=True)
class Scrutinio:
    """A vote counted. ``quote`` only where they weigh. ``presidente``: how they voted, None in a secret vote."""

    teste: Misura
    quote: Misura | None = None
    presidente: Voto | None = None


@dataclass(frozen=True)
class Esito:
    approvata: bool
    unanime: bool
    parita: bool
    per_teste: bool | None
    per_quote: bool | None
    deciso_dal_presidente: bool


def controlla(teste: Misura) -> None:
    """Raise ``ErroreDominio`` when the numbers of a vote cannot be true."""
    if min(teste.favorevoli, teste.contrari, teste.astenuti) < 0:
        raise ErroreDominio(_("I voti non possono essere meno di zero."), "favorevoli")
    if teste.presenti > teste.componenti:
        raise ErroreDominio(_("I presenti sono più dei componenti."), "presenti")
    votanti, espressi = teste.favorevoli + teste.contrari, teste.favorevoli + teste.contrari + teste.astenuti
    if votanti > teste.presenti:
        raise ErroreDominio(
            _("I votanti (%(votanti)s) sono più dei presenti (%(presenti)s).", votanti=votanti, presenti=teste.presenti),
            "favorevoli",
        )
    if espressi != teste.presenti:
        raise ErroreDominio(
            _(
                "Favorevoli, contrari e astenuti fanno %(espressi)s; i presenti sono %(presenti)s.",
                espressi=espressi,
                presenti=teste.presenti,
            ),
            "astenuti",
        )


def esito(scrutinio: Scrutinio, regola: RegolaVoto) -> Esito:
    """The outcome of a vote. Raises ``ErroreDominio`` on impossible numbers, or when quotas weigh and are missing."""
    controlla(scrutinio.teste)
    per_teste = per_quote = None
    if regola.peso in (Peso.TESTE, Peso.ENTRAMBE):
        per_teste = _passa(scrutinio.teste, regola)
    if regola.peso in (Peso.QUOTE, Peso.ENTRAMBE):
        if scrutinio.quote is None:
            raise ErroreDominio(_("Quest’organo conta anche le quote: mancano."), "quote")
        per_quote = _passa(scrutinio.quote, regola)
    pesa = scrutinio.quote if regola.peso == Peso.QUOTE and scrutinio.quote else scrutinio.teste
    parita = pesa.favorevoli == pesa.contrari and pesa.favorevoli > 0
    presidente = parita and _decide_il_presidente(scrutinio, regola)
    if presidente:
        per_teste = scrutinio.presidente == Voto.FAVOREVOLE
    return Esito(
        approvata=per_teste is not False and per_quote is not False,
        unanime=scrutinio.teste.favorevoli == scrutinio.teste.presenti > 0,
        parita=parita,
        per_teste=per_teste,
        per_quote=per_quote,
        deciso_dal_presidente=presidente,
    )


def _decide_il_presidente(scrutinio: Scrutinio, regola: RegolaVoto) -> bool:
    """Does a tie by heads go as the president voted? Only where a simple majority is asked and one vote makes it: a
    casting vote never stands for a special majority, nor for the quotas."""
    teste = scrutinio.teste
    basta_uno = regola.soglia == MAGGIORANZA and regola.soglia.raggiunta(teste.favorevoli + 1, teste.base(regola.base))
    votato = scrutinio.presidente in (Voto.FAVOREVOLE, Voto.CONTRARIO)
    return regola.prevale_presidente and votato and basta_uno and regola.peso != Peso.QUOTE


def _passa(misura: Misura, regola: RegolaVoto) -> bool:
    return misura.favorevoli > 0 and regola.soglia.raggiunta(misura.favorevoli, misura.base(regola.base))
