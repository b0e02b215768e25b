from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...db import Base, Id, Riga, Sigla, Versionata, enum
from ...organi.models import BaseVoto, NomeSoglia, Organo, Peso, Seggio
from ...tenancy import DellAmbito
from .valori import Canale, Classe, Modo, Risposta, StatoPunto, StatoPuntoProposto, StatoSeduta, Verso, Voto

__all__ = [
    "Assenza",
    "Azione",
    "Canale",
    "Classe",
    "ConflittoPunto",
    "Convocato",
    "Decisione",
    "Invitato",
    "Modo",
    "Movimento",
    "Punto",
    "PuntoDocumento",
    "PuntoProposto",
    "Risposta",
    "Seduta",
    "StatoPunto",
    "StatoPuntoProposto",
    "StatoSeduta",
    "Verso",
    "Votazione",
    "Voto",
    "VotoNominale",
]


class Seduta(DellAmbito, Versionata, Base):
    """A sitting of a body. ``numero`` counts the sittings of the body, never given twice: its permanent address."""

    __tablename__ = "seduta"
    __table_args__ = (
        UniqueConstraint("organo_id", "numero"),
        CheckConstraint("stato IN ('bozza', 'annullata') OR convocata_il IS NOT NULL", name="convocata"),
        CheckConstraint("stato NOT IN ('aperta', 'chiusa') OR aperta_il IS NOT NULL", name="aperta"),
        CheckConstraint("chiusa_il IS NULL OR chiusa_il >= aperta_il", name="orari"),
        Index("ix_seduta_inizio", "ambito_id", "inizio"),
    )

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    numero: Mapped[int]
    stato: Mapped[StatoSeduta] = mapped_column(enum(StatoSeduta, "stato"), default=StatoSeduta.BOZZA)
    inizio: Mapped[datetime]
    seconda_il: Mapped[datetime | None]
    """When the second call is, where there is one."""
    luogo: Mapped[Riga]
    collegamento: Mapped[Riga] = mapped_column(default="")
    """Where one follows from afar: for who is convened, never published."""
    pubblica: Mapped[bool] = mapped_column(default=False)
    """Everyone may follow it in the room."""
    urgente: Mapped[bool] = mapped_column(default=False)
    protocollo: Mapped[Riga] = mapped_column(default="")
    convocata_il: Mapped[datetime | None]
    sequenza: Mapped[int] = mapped_column(default=0)
    """SEQUENCE of its iCalendar event (RFC 5545 3.8.7.4): grows at each change that who is convened must know."""
    aperta_il: Mapped[datetime | None]
    chiusa_il: Mapped[datetime | None]
    in_seconda: Mapped[bool] = mapped_column(default=False)
    segreteria: Mapped[Riga] = mapped_column(default="")
    """Who takes the minute, by role."""
    motivo: Mapped[Riga] = mapped_column(default="")
    """Why it was cancelled."""
    organo: Mapped[Organo] = relationship(lazy="raise_on_sql")
    punti: Mapped[list[Punto]] = relationship(back_populates="seduta", lazy="raise_on_sql", order_by="Punto.ordine")
    convocati: Mapped[list[Convocato]] = relationship(back_populates="seduta", lazy="raise_on_sql", order_by="Convocato.id")
    movimenti: Mapped[list[Movimento]] = relationship(
        back_populates="seduta", lazy="raise_on_sql", order_by="Movimento.ora, Movimento.id"
    )
    invitati: Mapped[list[Invitato]] = relationship(back_populates="seduta", lazy="raise_on_sql", order_by="Invitato.id")


class Punto(DellAmbito, Versionata, Base):
    """An item of the agenda, or a part of one (``padre_id``). ``ordine`` is its place among all the items."""

    __tablename__ = "punto"
    __table_args__ = (
        UniqueConstraint("seduta_id", "ordine"),
        CheckConstraint("chiuso_il IS NULL OR chiuso_il >= aperto_il", name="orari"),
        CheckConstraint("(oggetto_tipo IS NULL) = (oggetto_id IS NULL)", name="oggetto"),
        CheckConstraint("stato != 'in_discussione' OR aperto_il IS NOT NULL", name="aperto"),
        Index("ix_punto_oggetto", "oggetto_tipo", "oggetto_id"),
    )

    id: Mapped[Id]
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"))
    padre_id: Mapped[int | None] = mapped_column(ForeignKey("punto.id"), index=True)
    ordine: Mapped[int]
    titolo: Mapped[Riga]
    relatore: Mapped[Riga] = mapped_column(default="")
    proposta: Mapped[str] = mapped_column(default="")
    """What the body is asked to decide (Markdown)."""
    decide: Mapped[bool] = mapped_column(default=True)
    """The body must vote on it: a communication asks for no vote."""
    oggetto_tipo: Mapped[Sigla | None]
    """What it is about: a thing of a kind (``filo.queries.oggetti``) by its id."""
    oggetto_id: Mapped[int | None]
    stato: Mapped[StatoPunto] = mapped_column(enum(StatoPunto, "stato"), default=StatoPunto.DA_TRATTARE)
    discussione: Mapped[str] = mapped_column(default="")
    """What was said, in short (Markdown)."""
    delibera: Mapped[str] = mapped_column(default="")
    """What would be decided, while it is being written (Markdown): a decision takes its text from here."""
    aperto_il: Mapped[datetime | None]
    chiuso_il: Mapped[datetime | None]
    seduta: Mapped[Seduta] = relationship(back_populates="punti", lazy="raise_on_sql")
    votazioni: Mapped[list[Votazione]] = relationship(back_populates="punto", lazy="raise_on_sql", order_by="Votazione.id")
    decisioni: Mapped[list[Decisione]] = relationship(back_populates="punto", lazy="raise_on_sql", order_by="Decisione.id")
    conflitti: Mapped[list[ConflittoPunto]] = relationship(
        back_populates="punto", lazy="raise_on_sql", order_by="ConflittoPunto.id"
    )
    documenti: Mapped[list[PuntoDocumento]] = relationship(
        back_populates="punto", lazy="raise_on_sql", order_by="PuntoDocumento.id"
    )


class Convocato(DellAmbito, Base):
    """Who is called to a sitting for a seat, what is known of the call having arrived, and the answer.

    A reason makes an absence ``giustificata``: those that are not are counted for the forfeiture of the seat.
    """

    __tablename__ = "convocato"
    __table_args__ = (
        UniqueConstraint("seduta_id", "seggio_id"),
        CheckConstraint("(risposta IS NULL) = (risposta_il IS NULL)", name="risposta_il"),
        CheckConstraint("risposta = 'non_viene' OR NOT giustificata", name="giustificata"),
        CheckConstraint("delegato_seggio_id IS NULL OR delegato != ''", name="delegato"),
    )

    id: Mapped[Id]
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    utente_id: Mapped[int | None] = mapped_column(ForeignKey("utente.id"), index=True)
    canale: Mapped[Canale | None] = mapped_column(enum(Canale, "canale"))
    spedita_il: Mapped[datetime | None]
    consegnata_il: Mapped[datetime | None]
    """By the channel: in the mailbox, or in the hands."""
    letta_il: Mapped[datetime | None]
    prova: Mapped[Riga] = mapped_column(default="")
    """How it is known that the call arrived: the PEC's receipt, delivery by hand, the protocol."""
    risposta: Mapped[Risposta | None] = mapped_column(enum(Risposta, "risposta"))
    risposta_il: Mapped[datetime | None]
    motivo_assenza: Mapped[Riga] = mapped_column(default="", info={"personale": "perché non viene"})
    giustificata: Mapped[bool] = mapped_column(default=False)
    delegato: Mapped[Riga] = mapped_column(default="")
    """Who sits in the holder's place, by role; empty when nobody does."""
    delegato_seggio_id: Mapped[int | None] = mapped_column(ForeignKey("seggio.id"), index=True)
    """The seat of the member who does, when it is one."""
    delega_nota: Mapped[str] = mapped_column(default="")
    seduta: Mapped[Seduta] = relationship(back_populates="convocati", lazy="raise_on_sql")
    seggio: Mapped[Seggio] = relationship(lazy="raise_on_sql", foreign_keys=[seggio_id])


class Invitato(DellAmbito, Base):
    """Who is in the room and does not vote."""

    __tablename__ = "invitato"

    id: Mapped[Id]
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"), index=True)
    chi: Mapped[Riga]
    classe: Mapped[Classe] = mapped_column(enum(Classe, "classe"))
    presente: Mapped[bool] = mapped_column(default=True)
    seduta: Mapped[Seduta] = relationship(back_populates="invitati", lazy="raise_on_sql")


class Movimento(DellAmbito, Base):
    """Who sits for a seat comes in or goes out. ``annullato_il``: written by mistake, kept and not counted."""

    __tablename__ = "movimento"
    __table_args__ = (Index("ix_movimento_seduta", "seduta_id", "ora"),)

    id: Mapped[Id]
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    ora: Mapped[datetime]
    verso: Mapped[Verso] = mapped_column(enum(Verso, "verso"))
    supplente: Mapped[bool] = mapped_column(default=False)
    """Who comes in is the substitute of the holder."""
    scritto_il: Mapped[datetime]
    annullato_il: Mapped[datetime | None]
    seduta: Mapped[Seduta] = relationship(back_populates="movimenti", lazy="raise_on_sql")


class Assenza(DellAmbito, Base):
    """Why a seat was not taken at a sitting: an absence with a reason does not count towards forfeiture."""

    __tablename__ = "assenza"
    __table_args__ = (UniqueConstraint("seduta_id", "seggio_id"),)

    id: Mapped[Id]
    seduta_id: Mapped[int] = mapped_column(ForeignKey("seduta.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    motivo: Mapped[Riga]
    registrata_il: Mapped[datetime]


class ConflittoPunto(DellAmbito, Base):
    """A seat that leaves the room for one item (art. 6-bis L. 241/1990; art. 78 D.Lgs. 267/2000 for local councillors)."""

    __tablename__ = "punto_conflitto"
    __table_args__ = (UniqueConstraint("punto_id", "seggio_id"),)

    id: Mapped[Id]
    punto_id: Mapped[int] = mapped_column(ForeignKey("punto.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    motivo: Mapped[Riga]
    dalle: Mapped[datetime]
    punto: Mapped[Punto] = relationship(back_populates="conflitti", lazy="raise_on_sql")


class Votazione(DellAmbito, Base):
    """A vote with the numbers that prove it and the rule that was in force: neither changes afterwards."""

    __tablename__ = "votazione"
    __table_args__ = (
        CheckConstraint("favorevoli + contrari + astenuti = presenti", name="somma"),
        CheckConstraint("presenti <= componenti", name="presenti"),
        CheckConstraint("favorevoli >= 0 AND contrari >= 0 AND astenuti >= 0", name="numeri"),
    )

    id: Mapped[Id]
    punto_id: Mapped[int] = mapped_column(ForeignKey("punto.id"), index=True)
    oggetto: Mapped[Riga]
    modo: Mapped[Modo] = mapped_column(enum(Modo, "modo"))
    ora: Mapped[datetime]
    regola: Mapped[Riga]
    base: Mapped[BaseVoto] = mapped_column(enum(BaseVoto, "base"))
    soglia: Mapped[NomeSoglia] = mapped_column(enum(NomeSoglia, "soglia"))
    peso: Mapped[Peso] = mapped_column(enum(Peso, "peso"))
    prevale_presidente: Mapped[bool]
    componenti: Mapped[int]
    presenti: Mapped[int]
    favorevoli: Mapped[int]
    contrari: Mapped[int]
    astenuti: Mapped[int]
    quota_componenti: Mapped[Decimal | None]
    quota_presenti: Mapped[Decimal | None]
    quota_favorevoli: Mapped[Decimal | None]
    quota_contrari: Mapped[Decimal | None]
    quota_astenuti: Mapped[Decimal | None]
    presidente: Mapped[Voto | None] = mapped_column(enum(Voto, "presidente"))
    approvata: Mapped[bool]
    punto: Mapped[Punto] = relationship(back_populates="votazioni", lazy="raise_on_sql")
    nomi: Mapped[list[VotoNominale]] = relationship(
        back_populates="votazione", lazy="raise_on_sql", order_by="VotoNominale.id"
    )


class VotoNominale(DellAmbito, Base):
    """How a seat voted, where the vote is open and taken by name. A secret vote has none."""

    __tablename__ = "voto"
    __table_args__ = (UniqueConstraint("votazione_id", "seggio_id"),)

    id: Mapped[Id]
    votazione_id: Mapped[int] = mapped_column(ForeignKey("votazione.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"), index=True)
    voto: Mapped[Voto] = mapped_column(enum(Voto, "voto"))
    votazione: Mapped[Votazione] = relationship(back_populates="nomi", lazy="raise_on_sql")


class Decisione(DellAmbito, Base):
    """What a body decided, with its number in the body's year. Never changed: a later one may."""

    __tablename__ = "decisione"
    __table_args__ = (UniqueConstraint("organo_id", "anno", "numero"), Index("ix_decisione_presa", "ambito_id", "presa_il"))

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    punto_id: Mapped[int] = mapped_column(ForeignKey("punto.id"), index=True)
    votazione_id: Mapped[int | None] = mapped_column(ForeignKey("votazione.id"))
    anno: Mapped[int]
    numero: Mapped[int]
    testo: Mapped[str]
    importo: Mapped[Decimal | None]
    """The money that it moves, where it moves any."""
    eseguibile: Mapped[bool] = mapped_column(default=False)
    """In force at once, by a vote of its own (art. 134, c. 4, D.Lgs. 267/2000 for the acts of local bodies)."""
    presa_il: Mapped[datetime]
    punto: Mapped[Punto] = relationship(back_populates="decisioni", lazy="raise_on_sql")


class Azione(DellAmbito, Base):
    """Something to do after a sitting: who, by when. It comes back at the next ones until it is done."""

    __tablename__ = "azione"

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"), index=True)
    punto_id: Mapped[int] = mapped_column(ForeignKey("punto.id"), index=True)
    cosa: Mapped[Riga]
    chi: Mapped[Riga]
    entro: Mapped[date | None]
    fatta_il: Mapped[datetime | None]


class PuntoDocumento(DellAmbito, Base):
    """A paper of an item: a file stored by key, known by its SHA-256. ``riservato``: for who is convened and the office."""

    __tablename__ = "punto_documento"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("dimensione > 0", name="dimensione"),
        CheckConstraint("pagine IS NULL OR pagine > 0", name="pagine"),
    )

    id: Mapped[Id]
    punto_id: Mapped[int] = mapped_column(ForeignKey("punto.id"), index=True)
    titolo: Mapped[Riga]
    riservato: Mapped[bool]
    pagine: Mapped[int | None]
    nome: Mapped[Riga]
    tipo: Mapped[Riga]
    dimensione: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    chiave: Mapped[Riga]
    firma: Mapped[Sigla | None]
    caricato_il: Mapped[datetime]
    caricato_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    punto: Mapped[Punto] = relationship(back_populates="documenti", lazy="raise_on_sql")


class PuntoProposto(DellAmbito, Base):
    """An item that a member asks for. Accepted, it is an item of a sitting; declined, it says why."""

    __tablename__ = "punto_proposto"
    __table_args__ = (
        CheckConstraint("(stato = 'accolto') = (punto_id IS NOT NULL)", name="accolto"),
        CheckConstraint("(stato = 'proposto') = (deciso_il IS NULL)", name="deciso"),
        CheckConstraint("stato != 'respinto' OR risposta != ''", name="respinto"),
        Index("ix_punto_proposto_organo", "organo_id", "stato"),
    )

    id: Mapped[Id]
    organo_id: Mapped[int] = mapped_column(ForeignKey("organo.id"))
    seggio_id: Mapped[int] = mapped_column(ForeignKey("seggio.id"))
    utente_id: Mapped[int] = mapped_column(ForeignKey("utente.id"), index=True)
    titolo: Mapped[Riga]
    motivo: Mapped[str]
    testo: Mapped[str]
    """What the body would decide (Markdown)."""
    stato: Mapped[StatoPuntoProposto] = mapped_column(enum(StatoPuntoProposto, "stato"), default=StatoPuntoProposto.PROPOSTO)
    proposto_il: Mapped[datetime]
    deciso_il: Mapped[datetime | None]
    risposta: Mapped[str] = mapped_column(default="")
    """Why it is declined."""
    punto_id: Mapped[int | None] = mapped_column(ForeignKey("punto.id"), index=True)
    organo: Mapped[Organo] = relationship(lazy="raise_on_sql")
    seggio: Mapped[Seggio] = relationship(lazy="raise_on_sql")
