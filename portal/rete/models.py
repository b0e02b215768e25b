from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import SENZA_ORDINE, Base, Id, Riga, Sigla, Versionata, enum
from ..enti.models import Ente, RilevazioneRunts
from ..organi.models import Mandato
from ..tenancy import DellAmbito


class CategoriaRete(DellAmbito, Versionata, Base):
    """As what one sits in the Rete: each Ambito has its own table (domain.md 3.1)."""

    __tablename__ = "categoria_rete"
    __table_args__ = (UniqueConstraint("ambito_id", "nome"), CheckConstraint("ordine >= 0", name="ordine"))

    id: Mapped[Id]
    nome: Mapped[Riga]
    ordine: Mapped[int]
    aperta: Mapped[bool] = mapped_column(default=True)
    """Whether one may still ask to join in it; who is there already stays."""


class StatoAdesione(StrEnum):
    RICHIESTA = "richiesta"
    AMMESSA = "ammessa"
    RESPINTA = "respinta"
    RITIRATA = "ritirata"
    RECESSA = "recessa"
    ESCLUSA = "esclusa"


class Adesione(DellAmbito, Versionata, Base):
    """An ente and the Rete, from the request to the end: at most one alive (``attiva`` is 1 or NULL for that).

    It is a member from ``ammessa_il``, included, to ``cessata_il``, excluded: two of them never share a day.
    """

    __tablename__ = "adesione"
    __table_args__ = (
        UniqueConstraint("ambito_id", "ente_id", "attiva", name="uq_adesione_una_per_ente"),
        CheckConstraint("attiva IS NULL OR attiva = 1", name="attiva"),
        CheckConstraint("(stato IN ('richiesta', 'ammessa')) = (attiva IS NOT NULL)", name="viva"),
        CheckConstraint("(stato IN ('richiesta', 'ritirata')) = (decisa_il IS NULL)", name="decisa"),
        CheckConstraint("(decisa_il IS NULL) = (atto IS NULL)", name="decisa_con_atto"),
        CheckConstraint("(stato IN ('ammessa', 'recessa', 'esclusa')) = (ammessa_il IS NOT NULL)", name="nella_rete"),
        CheckConstraint("(stato IN ('recessa', 'esclusa')) = (cessata_il IS NOT NULL)", name="cessata"),
        CheckConstraint("(stato = 'esclusa') = (atto_fine IS NOT NULL)", name="esclusa_con_atto"),
        CheckConstraint("cessata_il IS NULL OR cessata_il >= ammessa_il", name="periodo"),
        Index("ix_adesione_registro", "ambito_id", "ammessa_il"),
        Index("ix_adesione_stato", "ambito_id", "stato"),
    )

    id: Mapped[Id]
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"), index=True)
    categoria_id: Mapped[int] = mapped_column(ForeignKey("categoria_rete.id"), index=True)
    stato: Mapped[StatoAdesione] = mapped_column(enum(StatoAdesione, "stato"))
    attiva: Mapped[int | None]
    presentazione: Mapped[str]
    """What the ente does in the Ambito, in its own words."""
    dichiarazione: Mapped[str]
    """The declaration as it was made: copied, so that what was declared stays readable."""
    rilevazione_id: Mapped[int | None] = mapped_column(ForeignKey("rilevazione_runts.id"))
    """What the RUNTS said of the ente when it asked."""
    chiesta_il: Mapped[datetime]
    chiesta_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    decisa_il: Mapped[datetime | None]
    decisa_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    motivo: Mapped[str] = mapped_column(default="")
    """Of the decision."""
    atto: Mapped[Riga | None]
    ammessa_il: Mapped[date | None]
    cessata_il: Mapped[date | None]
    motivo_fine: Mapped[str] = mapped_column(default="")
    """Of the withdrawal of the request, of leaving, of the exclusion."""
    atto_fine: Mapped[Riga | None]
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")
    categoria: Mapped[CategoriaRete] = relationship(lazy="raise_on_sql")
    rilevazione: Mapped[RilevazioneRunts | None] = relationship(lazy="raise_on_sql")
    rappresentanti: Mapped[list[Rappresentante]] = relationship(
        back_populates="adesione", lazy="raise_on_sql", order_by="Rappresentante.dal, Rappresentante.id"
    )


class Rappresentante(DellAmbito, Base):
    """Who speaks for an ente in the Rete. Everyone reads ``qualita``; the name stays between the ente and the office."""

    __tablename__ = "rappresentante"
    __table_args__ = (
        CheckConstraint("al IS NULL OR al >= dal", name="periodo"),
        CheckConstraint("NOT delegato OR delega <> ''", name="delega_scritta"),
        Index("ix_rappresentante_adesione", "adesione_id", "dal"),
    )

    id: Mapped[Id]
    adesione_id: Mapped[int] = mapped_column(ForeignKey("adesione.id"))
    utente_id: Mapped[int | None] = mapped_column(ForeignKey("utente.id"), index=True)
    nome: Mapped[Riga] = mapped_column(info={"personale": "chi parla per l'ente nella Rete"})
    qualita: Mapped[Riga]
    delegato: Mapped[bool]
    delega: Mapped[Riga]
    """The written proxy of a delegate; empty for the titolare."""
    dal: Mapped[date]
    al: Mapped[date | None]
    adesione: Mapped[Adesione] = relationship(back_populates="rappresentanti", lazy="raise_on_sql")


class Parita(StrEnum):
    """How a tie is broken; the regulation says (domain.md 3.3)."""

    SORTEGGIO = "sorteggio"
    ANZIANITA = "anzianita"


class StatoElezione(StrEnum):
    INDETTA = "indetta"
    SCRUTINATA = "scrutinata"
    ANNULLATA = "annullata"


class Elezione(DellAmbito, Versionata, Base):
    """The Rete elects who speaks for the Third Sector: seats, preferences, tie rule and terms are its own."""

    __tablename__ = "elezione"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        CheckConstraint("seggi >= 1 AND preferenze >= 1 AND preferenze <= seggi", name="posti"),
        CheckConstraint("candidature_entro <= voto_dal AND voto_dal < voto_al", name="termini"),
        CheckConstraint("(stato = 'indetta') = (chiusa_il IS NULL)", name="chiusa"),
        CheckConstraint("(stato = 'scrutinata') = (bianche IS NOT NULL)", name="scrutinata"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    titolo: Mapped[Riga]
    seggi: Mapped[int]
    preferenze: Mapped[int]
    parita: Mapped[Parita] = mapped_column(enum(Parita, "parita"))
    elettorato_al: Mapped[date]
    candidature_entro: Mapped[datetime]
    voto_dal: Mapped[datetime]
    voto_al: Mapped[datetime]
    mandato_al: Mapped[date]
    stato: Mapped[StatoElezione] = mapped_column(enum(StatoElezione, "stato"))
    indetta_il: Mapped[datetime]
    chiusa_il: Mapped[datetime | None]
    motivo: Mapped[str] = mapped_column(default="")
    """Why it was called off."""
    bianche: Mapped[int | None]
    """Ballots with no preference."""
    candidature: Mapped[list[Candidatura]] = relationship(back_populates="elezione", lazy="raise_on_sql")


class Elettore(DellAmbito, Base):
    """An ente of the frozen roll. It says who voted, never when nor what: the ballots know nothing of it."""

    __tablename__ = "elettore"
    __table_args__ = (UniqueConstraint("elezione_id", "adesione_id"),)

    id: Mapped[Id]
    elezione_id: Mapped[int] = mapped_column(ForeignKey("elezione.id"))
    adesione_id: Mapped[int] = mapped_column(ForeignKey("adesione.id"), index=True)
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"), index=True)
    ha_votato: Mapped[bool] = mapped_column(default=False)
    elezione: Mapped[Elezione] = relationship(lazy="raise_on_sql")
    adesione: Mapped[Adesione] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")


class EsitoCandidatura(StrEnum):
    ELETTA = "eletta"
    NON_ELETTA = "non_eletta"
    DECADUTA = "decaduta"


class Candidatura(DellAmbito, Base):
    """An ente that stands, with its declaration; after the scrutiny its votes, its place, whether it is elected."""

    __tablename__ = "candidatura"
    __table_args__ = (
        UniqueConstraint("elezione_id", "ente_id"),
        CheckConstraint("(esito IS NULL) = (voti IS NULL) AND (esito IS NULL) = (posto IS NULL)", name="contata"),
        CheckConstraint("(decaduta_il IS NULL) = (atto IS NULL)", name="decaduta"),
    )

    id: Mapped[Id]
    elezione_id: Mapped[int] = mapped_column(ForeignKey("elezione.id"))
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"), index=True)
    ammessa_il: Mapped[date]
    """Since when the ente is in the Rete: the seniority of the tie rule, frozen with the roll."""
    presentazione: Mapped[str]
    dichiarazione: Mapped[str]
    resa_il: Mapped[datetime]
    voti: Mapped[int | None]
    posto: Mapped[int | None]
    sorte: Mapped[int | None]
    """The number drawn at the scrutiny: it breaks the ties that nothing else breaks."""
    esito: Mapped[EsitoCandidatura | None] = mapped_column(enum(EsitoCandidatura, "esito"))
    gestore_dal: Mapped[date | None]
    """Since when it is known to run services for the Ambito: its seat is to be declared forfeited (domain.md 3.2)."""
    decaduta_il: Mapped[date | None]
    atto: Mapped[Riga | None]
    mandato_id: Mapped[int | None] = mapped_column(ForeignKey("mandato.id"), index=True)
    """The seat it was put on, with its days."""
    elezione: Mapped[Elezione] = relationship(back_populates="candidature", lazy="raise_on_sql")
    mandato: Mapped[Mandato | None] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")


class SchedaVoto(DellAmbito, Base):
    """A ballot. Its key is drawn at random and it bears no time, no voter, no order: nothing leads back to who cast it."""

    __tablename__ = "scheda_voto"
    __table_args__ = SENZA_ORDINE

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    elezione_id: Mapped[int] = mapped_column(ForeignKey("elezione.id"), index=True)


class Preferenza(DellAmbito, Base):
    """A candidate named on a ballot."""

    __tablename__ = "preferenza"
    __table_args__ = (UniqueConstraint("scheda_id", "candidatura_id"), SENZA_ORDINE)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    scheda_id: Mapped[str] = mapped_column(ForeignKey("scheda_voto.id"))
    candidatura_id: Mapped[int] = mapped_column(ForeignKey("candidatura.id"), index=True)
