from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Id, Riga, Sigla, Versionata, enum
from ..enti.models import Ente
from ..organi.models import Organo
from ..piano.models import Ciclo, Scheda
from ..sedute.models import Seduta
from ..tenancy import DellAmbito


class Area(StrEnum):
    """The seven strategic areas of the V Piano regionale delle politiche sociali 2022-2024 (domain.md 4.2)."""

    ACCESSO = "accesso"
    FAMIGLIE = "famiglie"
    INVECCHIAMENTO = "invecchiamento"
    DISABILITA = "disabilita"
    INCLUSIONE = "inclusione"
    VIOLENZA = "violenza"
    PARI_OPPORTUNITA = "pari_opportunita"


class StatoPercorso(StrEnum):
    BOZZA = "bozza"
    PUBBLICATO = "pubblicato"


class Percorso(DellAmbito, Versionata, Base):
    """A procedure of co-programmazione: act of start, phases, tavoli, terms. Its phase on a day comes from its dates."""

    __tablename__ = "percorso"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        CheckConstraint("(stato = 'pubblicato') = (pubblicato_il IS NOT NULL)", name="pubblicato"),
        CheckConstraint("contributi_al >= contributi_dal", name="contributi"),
        CheckConstraint("istanze_al >= contributi_dal", name="istanze"),
    )

    id: Mapped[Id]
    slug: Mapped[Sigla]
    titolo: Mapped[Riga]
    presentazione: Mapped[str]
    """What it is for and who may take part (Markdown)."""
    nota: Mapped[str] = mapped_column(default="")
    """A warning shown on all its pages, for instance that some of what is written there is an example."""
    ciclo_id: Mapped[int | None] = mapped_column(ForeignKey("ciclo.id"), index=True)
    """The plan it prepares; None while that plan is not in the portal."""
    atto: Mapped[Riga]
    """The act of start, as the office writes it."""
    atto_il: Mapped[date]
    istanze_al: Mapped[date]
    """Last day on which an ente may ask to sit at a tavolo."""
    contributi_dal: Mapped[date]
    contributi_al: Mapped[date]
    cittadini: Mapped[bool]
    """Also who has no access may send a written contribution."""
    stato: Mapped[StatoPercorso] = mapped_column(enum(StatoPercorso, "stato"))
    creato_il: Mapped[datetime]
    pubblicato_il: Mapped[datetime | None]
    ciclo: Mapped[Ciclo | None] = relationship(lazy="raise_on_sql")
    fasi: Mapped[list[Fase]] = relationship(lazy="raise_on_sql", order_by="Fase.numero", cascade="all, delete-orphan")
    tavoli: Mapped[list[Tavolo]] = relationship(
        back_populates="percorso", lazy="raise_on_sql", order_by="Tavolo.numero, Tavolo.id"
    )


class Fase(DellAmbito, Base):
    """One of the six phases of a percorso. Dates may be unknown: the adopted plan itself leaves three of them blank."""

    __tablename__ = "fase_percorso"
    __table_args__ = (
        UniqueConstraint("percorso_id", "numero"),
        CheckConstraint("numero BETWEEN 1 AND 6", name="numero"),
        CheckConstraint("al IS NULL OR (dal IS NOT NULL AND al >= dal)", name="periodo"),
    )

    id: Mapped[Id]
    percorso_id: Mapped[int] = mapped_column(ForeignKey("percorso.id"))
    numero: Mapped[int]
    titolo: Mapped[Riga]
    testo: Mapped[str]
    dal: Mapped[date | None]
    al: Mapped[date | None]


class StatoTavolo(StrEnum):
    APERTO = "aperto"
    RESTITUITO = "restituito"


class Tavolo(DellAmbito, Versionata, Base):
    """A table of a percorso on one or more areas. Once its restitution is published, only links are added to it."""

    __tablename__ = "tavolo"
    __table_args__ = (
        UniqueConstraint("ambito_id", "slug"),
        UniqueConstraint("percorso_id", "numero"),
        CheckConstraint("(stato = 'restituito') = (restituito_il IS NOT NULL)", name="restituito"),
        CheckConstraint("numero >= 1", name="numero"),
    )

    id: Mapped[Id]
    percorso_id: Mapped[int] = mapped_column(ForeignKey("percorso.id"))
    organo_id: Mapped[int | None] = mapped_column(ForeignKey("organo.id"), index=True)
    """The body whose sittings are the meetings of this tavolo, where there is one."""
    numero: Mapped[int]
    slug: Mapped[Sigla]
    titolo: Mapped[Riga]
    testo: Mapped[str]
    """What is talked about (Markdown)."""
    restituzione: Mapped[str] = mapped_column(default="")
    """What the tavolo gives back: needs, interventions, ways, resources (Markdown)."""
    stato: Mapped[StatoTavolo] = mapped_column(enum(StatoTavolo, "stato"))
    restituito_il: Mapped[datetime | None]
    percorso: Mapped[Percorso] = relationship(back_populates="tavoli", lazy="raise_on_sql")
    organo: Mapped[Organo | None] = relationship(lazy="raise_on_sql")
    aree: Mapped[list[TavoloArea]] = relationship(
        lazy="raise_on_sql", order_by="TavoloArea.id", cascade="all, delete-orphan"
    )
    incontri: Mapped[list[Incontro]] = relationship(
        back_populates="tavolo", lazy="raise_on_sql", order_by="Incontro.giorno, Incontro.ora, Incontro.id"
    )
    priorita: Mapped[list[Priorita]] = relationship(back_populates="tavolo", lazy="raise_on_sql", order_by="Priorita.numero")


class TavoloArea(DellAmbito, Base):
    """tavolo x area: the fifth tavolo of 2022 covers two."""

    __tablename__ = "tavolo_area"
    __table_args__ = (UniqueConstraint("tavolo_id", "area"),)

    id: Mapped[Id]
    tavolo_id: Mapped[int] = mapped_column(ForeignKey("tavolo.id"))
    area: Mapped[Area] = mapped_column(enum(Area, "area"))


class Incontro(DellAmbito, Versionata, Base):
    """A day of the calendar: of a tavolo, or of the whole percorso (``tavolo_id`` None)."""

    __tablename__ = "incontro"
    __table_args__ = (Index("ix_incontro_giorno", "percorso_id", "giorno"),)

    id: Mapped[Id]
    percorso_id: Mapped[int] = mapped_column(ForeignKey("percorso.id"))
    tavolo_id: Mapped[int | None] = mapped_column(ForeignKey("tavolo.id"), index=True)
    seduta_id: Mapped[int | None] = mapped_column(ForeignKey("seduta.id"), index=True)
    """The sitting of a body that the meeting was, with its minute."""
    giorno: Mapped[date]
    ora: Mapped[Sigla] = mapped_column(default="")
    titolo: Mapped[Riga]
    luogo: Mapped[Riga] = mapped_column(default="")
    resoconto: Mapped[str] = mapped_column(default="")
    """What came out of it, in short (Markdown); people only by their role."""
    tavolo: Mapped[Tavolo | None] = relationship(back_populates="incontri", lazy="raise_on_sql")
    seduta: Mapped[Seduta | None] = relationship(lazy="raise_on_sql")


class StatoPartecipazione(StrEnum):
    RICHIESTA = "richiesta"
    AMMESSA = "ammessa"
    RESPINTA = "respinta"
    RITIRATA = "ritirata"


class Partecipazione(DellAmbito, Versionata, Base):
    """An ente asks to sit at a tavolo: at most one request alive (``attiva`` is 1 or NULL for that)."""

    __tablename__ = "partecipazione"
    __table_args__ = (
        UniqueConstraint("tavolo_id", "ente_id", "attiva", name="uq_partecipazione_una_per_ente"),
        CheckConstraint("attiva IS NULL OR attiva = 1", name="attiva"),
        CheckConstraint("(stato IN ('richiesta', 'ammessa')) = (attiva IS NOT NULL)", name="viva"),
        CheckConstraint("stato NOT IN ('ammessa', 'respinta') OR decisa_il IS NOT NULL", name="decisa"),
        CheckConstraint("stato <> 'richiesta' OR decisa_il IS NULL", name="da_decidere"),
        CheckConstraint("(decisa_il IS NULL) = (atto IS NULL)", name="decisa_con_atto"),
        Index("ix_partecipazione_stato", "ambito_id", "stato"),
    )

    id: Mapped[Id]
    tavolo_id: Mapped[int] = mapped_column(ForeignKey("tavolo.id"))
    ente_id: Mapped[int] = mapped_column(ForeignKey("ente.id"), index=True)
    stato: Mapped[StatoPartecipazione] = mapped_column(enum(StatoPartecipazione, "stato"))
    attiva: Mapped[int | None]
    chi: Mapped[Riga]
    """Who would come, by role."""
    perche: Mapped[str]
    chiesta_il: Mapped[datetime]
    chiesta_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    decisa_il: Mapped[datetime | None]
    decisa_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    motivo: Mapped[str] = mapped_column(default="")
    atto: Mapped[Riga | None]
    tavolo: Mapped[Tavolo] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente] = relationship(lazy="raise_on_sql")


class Momento(StrEnum):
    """When a contribution arrives, as to the meetings of its tavolo."""

    PRIMA = "prima"
    DURANTE = "durante"
    DOPO = "dopo"


class StatoContributo(StrEnum):
    BOZZA = "bozza"
    DA_CONFERMARE = "da_confermare"
    INVIATO = "inviato"
    RISPOSTO = "risposto"


class EsitoContributo(StrEnum):
    """The four answers of domain.md 5.3; each with its reason."""

    ACCOLTO = "accolto"
    ACCOLTO_IN_PARTE = "accolto_in_parte"
    NON_ACCOLTO = "non_accolto"
    FUORI_AMBITO = "fuori_ambito"


class Contributo(DellAmbito, Versionata, Base):
    """What an ente or a citizen (``ente_id`` None) writes to a tavolo, and the office's answer."""

    __tablename__ = "contributo"
    __table_args__ = (
        CheckConstraint("stato <> 'da_confermare' OR ente_id IS NULL", name="da_confermare"),
        CheckConstraint("stato <> 'bozza' OR ente_id IS NOT NULL", name="bozza"),
        CheckConstraint("(stato IN ('inviato', 'risposto')) = (inviato_il IS NOT NULL)", name="inviato"),
        CheckConstraint("(inviato_il IS NULL) = (momento IS NULL)", name="momento_se_inviato"),
        CheckConstraint("(stato = 'risposto') = (esito IS NOT NULL)", name="risposto"),
        CheckConstraint("(esito IS NULL) = (risposto_il IS NULL)", name="risposto_quando"),
        CheckConstraint("esito IS NULL OR motivo <> ''", name="con_motivo"),
        Index("ix_contributo_stato", "ambito_id", "stato"),
        Index("ix_contributo_tavolo", "tavolo_id", "stato"),
    )

    id: Mapped[Id]
    tavolo_id: Mapped[int] = mapped_column(ForeignKey("tavolo.id"))
    ente_id: Mapped[int | None] = mapped_column(ForeignKey("ente.id"), index=True)
    stato: Mapped[StatoContributo] = mapped_column(enum(StatoContributo, "stato"))
    bisogno: Mapped[str]
    destinatari: Mapped[str]
    proposta: Mapped[str]
    risorse: Mapped[str]
    momento: Mapped[Momento | None] = mapped_column(enum(Momento, "momento"))
    creato_il: Mapped[datetime]
    creato_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    inviato_il: Mapped[datetime | None]
    esito: Mapped[EsitoContributo | None] = mapped_column(enum(EsitoContributo, "esito"))
    motivo: Mapped[str] = mapped_column(default="")
    pubblico: Mapped[bool] = mapped_column(default=False)
    """The office has read it and everyone may: until then, and where somebody could be recognised, nobody else does."""
    risposto_il: Mapped[datetime | None]
    risposto_da: Mapped[int | None] = mapped_column(ForeignKey("utente.id"))
    tavolo: Mapped[Tavolo] = relationship(lazy="raise_on_sql")
    ente: Mapped[Ente | None] = relationship(lazy="raise_on_sql")


class Mittente(DellAmbito, Base):
    """The address of a citizen who wrote, kept apart from the text so that it can be thrown away (GDPR art. 5 c. 1 e)."""

    __tablename__ = "mittente"
    __table_args__ = (
        UniqueConstraint("contributo_id"),
        UniqueConstraint("gettone"),
        Index("ix_mittente_scade", "confermato_il", "scade_il"),
    )

    id: Mapped[Id]
    contributo_id: Mapped[int] = mapped_column(ForeignKey("contributo.id"))
    email: Mapped[Riga] = mapped_column(info={"personale": "conferma e risposta a un contributo di un cittadino"})
    gettone: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the secret in the link that confirms."""
    scade_il: Mapped[datetime]
    confermato_il: Mapped[datetime | None]
    contributo: Mapped[Contributo] = relationship(lazy="raise_on_sql")


class Priorita(DellAmbito, Versionata, Base):
    """Something the tavolo asks of the plan, with the contributions it comes from and the sheets that take it up."""

    __tablename__ = "priorita"
    __table_args__ = (UniqueConstraint("tavolo_id", "numero"),)

    id: Mapped[Id]
    tavolo_id: Mapped[int] = mapped_column(ForeignKey("tavolo.id"))
    numero: Mapped[int]
    titolo: Mapped[Riga]
    perche: Mapped[str]
    tavolo: Mapped[Tavolo] = relationship(back_populates="priorita", lazy="raise_on_sql")
    contributi: Mapped[list[Contributo]] = relationship(
        secondary="priorita_contributo", lazy="raise_on_sql", order_by="Contributo.id", viewonly=True
    )
    schede: Mapped[list[Scheda]] = relationship(
        secondary="priorita_scheda", lazy="raise_on_sql", order_by="Scheda.ordine", viewonly=True
    )


class PrioritaContributo(DellAmbito, Base):
    __tablename__ = "priorita_contributo"
    __table_args__ = (UniqueConstraint("priorita_id", "contributo_id"),)

    id: Mapped[Id]
    priorita_id: Mapped[int] = mapped_column(ForeignKey("priorita.id"))
    contributo_id: Mapped[int] = mapped_column(ForeignKey("contributo.id"), index=True)


class PrioritaScheda(DellAmbito, Base):
    __tablename__ = "priorita_scheda"
    __table_args__ = (UniqueConstraint("priorita_id", "scheda_id"),)

    id: Mapped[Id]
    priorita_id: Mapped[int] = mapped_column(ForeignKey("priorita.id"))
    scheda_id: Mapped[int] = mapped_column(ForeignKey("scheda.id"), index=True)
