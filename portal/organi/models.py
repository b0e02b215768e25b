from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..tenancy import DellAmbito


class Genere(StrEnum):
    """What kind of body it is: for its word on the pages, never for its rules (domain.md 3.1)."""

    COORDINAMENTO = "coordinamento"
    CABINA = "cabina"
    RETE = "rete"
    TAVOLO = "tavolo"
    SINDACATI = "sindacati"
    COMMISSIONE = "commissione"
    ASSEMBLEA = "assemblea"
    ALTRO = "altro"


class NomeSoglia(StrEnum):
    """The thresholds that a regulation may ask for (``rules.quorum.SOGLIE``)."""

    MAGGIORANZA = "maggioranza"
    META = "meta"
    UN_TERZO = "un_terzo"
    DUE_TERZI = "due_terzi"
    TUTTI = "tutti"


class BaseQuote(StrEnum):
    """What the quotas present are measured against."""

    CENTO = "cento"
    SOMMA = "somma"


class BaseVoto(StrEnum):
    """Of whom the majority is asked. Who abstains is present and is not a voter (the body's choice is the base)."""

    PRESENTI = "presenti"
    VOTANTI = "votanti"
    COMPONENTI = "componenti"


class Peso(StrEnum):
    """What is counted in a vote."""

    TESTE = "teste"
    QUOTE = "quote"
    ENTRAMBE = "entrambe"


class Pubblicazione(StrEnum):
    """What of a sitting everyone may read."""

    VERBALE = "verbale"
    DECISIONI = "decisioni"
    NIENTE = "niente"


class Organo(DellAmbito, Versionata, Base):
    """A body and its rules, as its regulation writes them. A threshold of None: that way of counting does not matter."""

    __tablename__ = "organo"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        CheckConstraint("preavviso_giorni >= 0 AND preavviso_ore >= 0", name="preavviso"),
        CheckConstraint("deleghe_massime >= 0", name="deleghe"),
        CheckConstraint("assenze_massime IS NULL OR assenze_massime > 0", name="assenze"),
        CheckConstraint("osservazioni_giorni >= 0", name="osservazioni"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    genere: Mapped[Genere] = mapped_column(enum(Genere, "genere"))
    nome: Mapped[Riga]
    compiti: Mapped[str]
    """What it is for, in plain words (Markdown)."""
    norma: Mapped[Riga]
    """Where it comes from: law, regulation, act."""
    ordine: Mapped[int] = mapped_column(default=0)
    attivo: Mapped[bool] = mapped_column(default=True)
    """A body that is switched off holds no new sitting; what it did stays."""
    stato_dal: Mapped[date | None]
    """Since when it is switched off, or on again; None: never switched."""
    stato_motivo: Mapped[Riga] = mapped_column(default="")
    quorum_teste: Mapped[NomeSoglia | None] = mapped_column(enum(NomeSoglia, "quorum_teste"))
    quorum_quote: Mapped[NomeSoglia | None] = mapped_column(enum(NomeSoglia, "quorum_quote"))
    seconda_teste: Mapped[NomeSoglia | None] = mapped_column(enum(NomeSoglia, "seconda_teste"))
    seconda_quote: Mapped[NomeSoglia | None] = mapped_column(enum(NomeSoglia, "seconda_quote"))
    base_quote: Mapped[BaseQuote] = mapped_column(enum(BaseQuote, "base_quote"), default=BaseQuote.CENTO)
    conflitto_riduce: Mapped[bool] = mapped_column(default=True)
    """Who leaves the room for a conflict is taken away from the members too, not only from the present."""
    preavviso_giorni: Mapped[int]
    preavviso_ore: Mapped[int]
    deleghe_massime: Mapped[int]
    """Delegations one person may hold; 0: the body allows none."""
    deleghe_ai_componenti: Mapped[bool] = mapped_column(default=False)
    """A member may sit for another one."""
    assenze_massime: Mapped[int | None]
    assenze_norma: Mapped[Riga] = mapped_column(default="")
    """The article of the regulation that says so."""
    osservazioni_giorni: Mapped[int]
    pubblicazione: Mapped[Pubblicazione] = mapped_column(enum(Pubblicazione, "pubblicazione"))
    regole: Mapped[list[RegolaDiVoto]] = relationship(
        back_populates="organo", lazy="raise_on_sql", cascade="all, delete-orphan", order_by="RegolaDiVoto.ordine"
    )
    seggi: Mapped[list[Seggio]] = relationship(back_populates="organo", lazy="raise_on_sql", order_by="Seggio.ordine")


class RegolaDiVoto(DellAmbito, Base):
    """How a kind of act passes in a body. The first one is the ordinary rule."""

    __tablename__ = "organo_regola"
    __table_args__ = (UniqueConstraint("organo_id", "ordine"), UniqueConstraint("organo_id", "nome"))

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    ordine: Mapped[int]
    nome: Mapped[Riga]
    base: Mapped[BaseVoto] = mapped_column(enum(BaseVoto, "base"))
    soglia: Mapped[NomeSoglia] = mapped_column(enum(NomeSoglia, "soglia"))
    peso: Mapped[Peso] = mapped_column(enum(Peso, "peso"))
    prevale_presidente: Mapped[bool] = mapped_column(default=False)
    segreta: Mapped[bool] = mapped_column(default=False)
    """About persons the vote is secret; otherwise it is open."""
    organo: Mapped[Organo] = relationship(back_populates="regole", lazy="raise_on_sql")


class Seggio(DellAmbito, Base):
    """A place in a body: for a category («Comune», «ETS», «OO.SS.») and whoever it represents."""

    __tablename__ = "seggio"
    __table_args__ = (
        UniqueConstraint("organo_id", "ordine"),
        CheckConstraint("quota IS NULL OR (quota >= 0 AND quota <= 10000)", name="quota"),
        CheckConstraint("al IS NULL OR al >= dal", name="periodo"),
    )

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    ordine: Mapped[int]
    categoria: Mapped[Riga]
    rappresenta: Mapped[Riga]
    """The comune, ente or office that sits there, by its name."""
    ente_id: Mapped[int | None] = mapped_column(ForeignKey("ente.id"), index=True)
    quota: Mapped[Decimal | None]
    """Percent, two decimals; None where the body has no quotas."""
    voto: Mapped[bool] = mapped_column(default=True)
    presiede: Mapped[bool] = mapped_column(default=False)
    dal: Mapped[date]
    al: Mapped[date | None]
    motivo: Mapped[Riga] = mapped_column(default="")
    """Why it was closed."""
    organo: Mapped[Organo] = relationship(back_populates="seggi", lazy="raise_on_sql")
    mandati: Mapped[list[Mandato]] = relationship(
        back_populates="seggio", lazy="raise_on_sql", order_by="Mandato.dal, Mandato.id"
    )


class Fine(StrEnum):
    """Why a mandate ended."""

    SCADENZA = "scadenza"
    DIMISSIONI = "dimissioni"
    REVOCA = "revoca"
    DECADENZA = "decadenza"
    SOSTITUZIONE = "sostituzione"


class Mandato(DellAmbito, Base):
    """Somebody on a seat, by an act, from a day to another. ``qualita``: as what («Sindaca», «Assessore delegato»)."""

    __tablename__ = "mandato"
    __table_args__ = (
        CheckConstraint("al IS NULL OR al >= dal", name="periodo"),
        CheckConstraint("fine IS NULL OR al IS NOT NULL", name="fine_con_data"),
        Index("ix_mandato_seggio", "seggio_id", "dal"),
    )

    id: Mapped[Id]
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"))
    utente_id: Mapped[int | None] = mapped_column(ForeignKey("utente.id"), index=True)
    nome: Mapped[Riga]
    """As the public reads it; empty where only the role is published."""
    qualita: Mapped[Riga]
    atto: Mapped[Riga]
    supplente: Mapped[bool] = mapped_column(default=False)
    dal: Mapped[date]
    al: Mapped[date | None]
    fine: Mapped[Fine | None] = mapped_column(enum(Fine, "fine"))
    atto_fine: Mapped[Riga] = mapped_column(default="")
    """By which act it ended, where one was needed."""
    nominato_il: Mapped[datetime]
    seggio: Mapped[Seggio] = relationship(back_populates="mandati", lazy="raise_on_sql")
