"""The values that the columns of a sitting may take."""

from __future__ import annotations

from enum import StrEnum


class StatoSeduta(StrEnum):
    BOZZA = "bozza"
    CONVOCATA = "convocata"
    APERTA = "aperta"
    CHIUSA = "chiusa"
    ANNULLATA = "annullata"


class StatoPunto(StrEnum):
    DA_TRATTARE = "da_trattare"
    IN_DISCUSSIONE = "in_discussione"
    TRATTATO = "trattato"
    RINVIATO = "rinviato"
    RITIRATO = "ritirato"


class Verso(StrEnum):
    ENTRA = "entra"
    ESCE = "esce"


class Voto(StrEnum):
    FAVOREVOLE = "favorevole"
    CONTRARIO = "contrario"
    ASTENUTO = "astenuto"


class Modo(StrEnum):
    """How a vote is taken: by name, by hands raised, by secret ballots, or everyone in favour."""

    NOMI = "nomi"
    MANO = "mano"
    SCHEDE = "schede"
    UNANIME = "unanime"


class Classe(StrEnum):
    """Who is in the room without a vote: with a voice, or only present (domain.md 3.4)."""

    CONSULTIVO = "consultivo"
    ALTRO = "altro"


class Canale(StrEnum):
    """How a call is sent to somebody."""

    EMAIL = "email"
    PEC = "pec"
    MANO = "mano"


class Risposta(StrEnum):
    """What a member answers to the call."""

    VIENE = "viene"
    NON_VIENE = "non_viene"
    DELEGA = "delega"


class StatoPuntoProposto(StrEnum):
    PROPOSTO = "proposto"
    ACCOLTO = "accolto"
    RESPINTO = "respinto"
