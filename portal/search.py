"""Full-text search, with one interface and one set of results on SQLite (FTS5) and PostgreSQL (tsvector).

The roots of the words are made by ``portal.stems``, so neither database has a say in the language: the index
stores plain roots, and a query is built from roots only. What a person types is therefore data, never syntax.
A search stops at the first of these that finds something: all the words; all, the last one as a beginning;
all, the misspelled ones corrected; any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Index, TextClause, UniqueConstraint, bindparam, delete, text
from sqlalchemy.orm import Mapped, Session

from .db import Base, Id, Sigla
from .stems import MAX_DOMANDA, MAX_GETTONE, Gruppo, gruppi, normalizza, parole, radice, radici
from .vocabulary import RicercaParola, RicercaVariante, correggi, impara, inserimento

__all__ = [
    "MASSIMO",
    "Esito",
    "RicercaParola",
    "RicercaVariante",
    "RicercaVoce",
    "Riga",
    "cerca",
    "ddl_indici",
    "ddl_togli",
    "ignora_in_autogenerate",
    "metti",
    "normalizza",
    "radici",
    "togli",
]

MAX_CORPO = 200_000
MASSIMO = 20_000
Tipi = str | Sequence[str]
Ambiti = int | None | Sequence[int | None]


class RicercaVoce(Base):
    """What can be found: a thing of some area, by kind and id, with its words brought to their roots."""

    __tablename__ = "ricerca_voce"
    __table_args__ = (UniqueConstraint("tipo", "oggetto_id"), Index(None, "ambito_id", "tipo"))

    id: Mapped[Id]
    ambito_id: Mapped[int | None]
    tipo: Mapped[Sigla]
    oggetto_id: Mapped[int]
    titolo: Mapped[str]
    titolo_radici: Mapped[str]
    corpo_radici: Mapped[str]


@dataclass(frozen=True, slots=True)
class Riga:
    """A thing found; ``rango`` is higher for better ones and comparable only within one answer."""

    oggetto_id: int
    titolo: str
    rango: float
    tipo: str


@dataclass(frozen=True, slots=True)
class Esito:
    """A page of results.

    ``totale_almeno`` is exact below ``MASSIMO``; at ``MASSIMO`` there are perhaps more, and only so many were
    compared. ``corretta`` is what was looked for instead of what was typed («Forse cercavi …»), or None.
    """

    righe: tuple[Riga, ...] = ()
    totale_almeno: int = 0
    corretta: str | None = None


_FILTRO = "'t' || hex({0}tipo) || ' t' || hex({0}tipo) || 'a' || coalesce({0}ambito_id, 0)"
_FONTE = f"""
    CREATE VIEW ricerca_fts_fonte AS
    SELECT id, {_FILTRO.format("")} AS filtro, titolo_radici, corpo_radici FROM ricerca_voce"""
_FTS = """
    CREATE VIRTUAL TABLE ricerca_fts USING fts5(filtro, titolo_radici, corpo_radici,
    content='ricerca_fts_fonte', content_rowid='id', tokenize='ascii', prefix='2 3')"""
_AGGIUNGI = f"""
    INSERT INTO ricerca_fts(rowid, filtro, titolo_radici, corpo_radici)
    VALUES (new.id, {_FILTRO.format("new.")}, new.titolo_radici, new.corpo_radici);"""
_CANCELLA = f"""
    INSERT INTO ricerca_fts(ricerca_fts, rowid, filtro, titolo_radici, corpo_radici)
    VALUES ('delete', old.id, {_FILTRO.format("old.")}, old.titolo_radici, old.corpo_radici);"""
_VETTORE = """
    ALTER TABLE ricerca_voce ADD COLUMN ricerca_vettore tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple'::regconfig, titolo_radici), 'A') ||
    setweight(to_tsvector('simple'::regconfig, corpo_radici), 'B')) STORED"""

_DDL = {
    "sqlite": [
        _FONTE,
        _FTS,
        f"CREATE TRIGGER ricerca_voce_ai AFTER INSERT ON ricerca_voce BEGIN {_AGGIUNGI} END",
        f"CREATE TRIGGER ricerca_voce_ad AFTER DELETE ON ricerca_voce BEGIN {_CANCELLA} END",
        f"CREATE TRIGGER ricerca_voce_au AFTER UPDATE ON ricerca_voce BEGIN {_CANCELLA} {_AGGIUNGI} END",
        "INSERT INTO ricerca_fts(ricerca_fts) VALUES ('rebuild')",
    ],
    "postgresql": [
        # ranking reads the vector of every match: kept beside the row, it costs a fifth
        "ALTER TABLE ricerca_voce SET (toast_tuple_target = 8160)",
        _VETTORE,
        "CREATE INDEX ix_ricerca_vettore ON ricerca_voce USING gin (ricerca_vettore)",
    ],
}
_DDL_TOGLI = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS ricerca_voce_au",
        "DROP TRIGGER IF EXISTS ricerca_voce_ad",
        "DROP TRIGGER IF EXISTS ricerca_voce_ai",
        "DROP TABLE IF EXISTS ricerca_fts",
        "DROP VIEW IF EXISTS ricerca_fts_fonte",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS ix_ricerca_vettore",
        "ALTER TABLE ricerca_voce DROP COLUMN IF EXISTS ricerca_vettore",
        "ALTER TABLE ricerca_voce RESET (toast_tuple_target)",
    ],
}

# and, or, quote, «beginning with»
_SEGNI = {"sqlite": (" AND ", " OR ", '"', "*"), "postgresql": (" & ", " | ", "'", ":*")}
_RIGHE = {
    "sqlite": """
        SELECT v.oggetto_id, v.titolo, x.rango, v.tipo FROM (
            SELECT t.rowid AS id, t.rango FROM (
                SELECT rowid, -bm25(ricerca_fts, 0.0, 4.0, 1.0) AS rango FROM ricerca_fts
                WHERE ricerca_fts MATCH :domanda LIMIT :massimo) t
            ORDER BY t.rango DESC, t.rowid LIMIT :limite OFFSET :salta) x
        CROSS JOIN ricerca_voce v ON v.id = x.id ORDER BY x.rango DESC, x.id""",
    "postgresql": """
        SELECT x.oggetto_id, x.titolo, ts_rank('{{0.1, 0.1, 0.25, 1}}', x.ricerca_vettore, x.q, 1) AS rango,
               x.tipo
        FROM (SELECT v.*, d.q FROM ricerca_voce v, (SELECT CAST(:domanda AS tsquery) AS q) d
              WHERE v.ricerca_vettore @@ d.q AND {filtro} LIMIT :massimo) x
        ORDER BY rango DESC, x.id LIMIT :limite OFFSET :salta""",
}
_CONTO = {
    "sqlite": """
        SELECT count(*) FROM (SELECT 1 FROM ricerca_fts WHERE ricerca_fts MATCH :domanda LIMIT :massimo) x""",
    "postgresql": """
        SELECT count(*) FROM (SELECT 1 FROM ricerca_voce v
        WHERE v.ricerca_vettore @@ CAST(:domanda AS tsquery) AND {filtro} LIMIT :massimo) x""",
}


def ddl_indici(dialetto: str) -> list[str]:
    """What makes the index on ``ricerca_voce``, for the migration; the rows already there are indexed too.

    A later change of that table on SQLite (which makes a new one) goes between ``ddl_togli`` and this.
    """
    return list(_DDL[dialetto])


def ddl_togli(dialetto: str) -> list[str]:
    """The reverse of ``ddl_indici``."""
    return list(_DDL_TOGLI[dialetto])


def ignora_in_autogenerate(name: str, type_: str) -> bool:
    """Whether a table, column or index belongs to the index above: the models do not know them."""
    if type_ == "table":
        return name.startswith("ricerca_fts")
    return (type_, name) in {("column", "ricerca_vettore"), ("index", "ix_ricerca_vettore")}


def metti(sessione: Session, *, tipo: str, oggetto_id: int, ambito_id: int | None, titolo: str, corpo: str) -> None:
    """Make a thing findable, or refresh it. ``corpo`` is plain text. Does not commit."""
    titolo, corpo = titolo.replace("\0", ""), corpo[:MAX_CORPO]
    riga = {
        "tipo": tipo,
        "oggetto_id": oggetto_id,
        "ambito_id": ambito_id,
        "titolo": titolo,
        "titolo_radici": " ".join(radici(titolo)),
        "corpo_radici": " ".join(radici(corpo)),
    }
    nuova = inserimento(sessione, RicercaVoce).values(riga)
    sessione.execute(nuova.on_conflict_do_update(index_elements=["tipo", "oggetto_id"], set_=riga))
    impara(sessione, f"{titolo}\n{corpo}")


def togli(sessione: Session, *, tipo: str, oggetto_id: int) -> None:
    """Make a thing no longer findable. Its words stay in the vocabulary, where they say nothing of it."""
    suo = (RicercaVoce.tipo == tipo, RicercaVoce.oggetto_id == oggetto_id)
    sessione.execute(delete(RicercaVoce).where(*suo))


def cerca(sessione: Session, testo: str, *, tipo: Tipi, ambito_id: Ambiti = None, limite: int = 20, salta: int = 0) -> Esito:
    """The things that answer to ``testo``, best first; never raises, whatever was typed.

    ``tipo``: one kind or several. ``ambito_id``: None for all; one Ambito; several, where a None among them
    means the things of no Ambito.
    """
    ricerca = _Ricerca(sessione, tipo, ambito_id, limite, salta)
    for chiesti, operatore, corretta in _modi(sessione, testo):
        if esito := ricerca.prova(chiesti, operatore):
            return replace(esito, corretta=corretta)
    return Esito()


def _modi(sessione: Session, testo: str) -> Iterator[tuple[list[Gruppo], str, str | None]]:
    """The ways of asking, from the strictest: what is asked for, all («e») or any («o»), the text corrected."""
    chiesti = gruppi(testo)
    yield chiesti, "e", None
    ultima = _con_inizio(chiesti, testo)
    yield ultima, "e", None
    corretta = correggi(sessione, testo)
    if corretta is not None:
        chiesti = ultima = gruppi(corretta)
        yield chiesti, "e", corretta
    yield ultima, "o", corretta
    yield [((radice,),) for gruppo in chiesti for radice in gruppo[0]], "o", corretta


class _Ricerca:
    """One search being made: the same filters and the same page for each way of asking."""

    def __init__(self, sessione: Session, tipo: Tipi, ambito_id: Ambiti, limite: int, salta: int) -> None:
        self.sessione = sessione
        self.dialetto = sessione.get_bind().dialect.name
        self.limite, self.salta = limite, salta
        ambiti = (ambito_id,) if isinstance(ambito_id, int) else ambito_id
        self.ambiti = None if ambiti is None else tuple(ambiti)
        self.tipi = (tipo,) if isinstance(tipo, str) else tuple(tipo)

    def prova(self, chiesti: Sequence[Gruppo], operatore: str) -> Esito | None:
        """The page of results, or None when nothing at all answers."""
        if not chiesti or not self.tipi or self.ambiti == ():
            return None
        domanda = _espressione(chiesti, operatore, self.dialetto)
        righe = tuple(Riga(*r) for r in self._esegui(_RIGHE, domanda, limite=self.limite, salta=self.salta))
        totale = self.salta + len(righe)
        if len(righe) == self.limite or (not righe and self.salta):
            totale = self._esegui(_CONTO, domanda)[0][0]
        return Esito(righe, totale) if totale else None

    def _esegui(self, frasi: Mapping[str, str], domanda: str, **altri: int) -> Sequence[Any]:
        valori: dict[str, Any] = {"domanda": domanda, "massimo": MASSIMO, **altri}
        if self.dialetto == "sqlite":
            valori["domanda"] = f"filtro : ({self._segni()}) AND - filtro : ({domanda})"
            return self.sessione.execute(_frase(frasi["sqlite"], ""), valori).all()
        valori["tipi"] = self.tipi
        filtro = "v.tipo IN :tipi"
        if self.ambiti is not None:
            valori["ambiti"] = [a for a in self.ambiti if a is not None]
            filtro += " AND (v.ambito_id IN :ambiti" + " OR v.ambito_id IS NULL" * (None in self.ambiti) + ")"
        return self.sessione.execute(_frase(frasi["postgresql"], filtro), valori).all()

    def _segni(self) -> str:
        """The filter in FTS5's own words (see ``_FILTRO``): joining the table for every match costs twice."""
        ambiti = [""] if self.ambiti is None else [f"a{a or 0}" for a in self.ambiti]
        return " OR ".join(f'"t{tipo.encode().hex()}{a}"' for tipo in self.tipi for a in ambiti)


@cache
def _frase(frase: str, filtro: str) -> TextClause:
    nomi = [nome for nome in ("tipi", "ambiti") if f":{nome}" in filtro]
    return text(frase.format(filtro=filtro)).bindparams(*(bindparam(nome, expanding=True) for nome in nomi))


def _espressione(chiesti: Iterable[Gruppo], operatore: str, dialetto: str) -> str:
    """Roots are letters and digits only, so quoting them is enough for both languages of query."""
    e, o, apice, inizio = _SEGNI[dialetto]

    def termine(radice: str) -> str:
        nuda = radice.removesuffix("*")
        return f"{apice}{nuda}{apice}" + (inizio if radice != nuda else "")

    frasi = (o.join("(" + e.join(map(termine, a)) + ")" for a in gruppo) for gruppo in chiesti)
    return (e if operatore == "e" else o).join(f"({frase})" for frase in frasi)


def _con_inizio(chiesti: list[Gruppo], testo: str) -> list[Gruppo]:
    """The same, with the last word also as the beginning of a longer one, before its root ends or after."""
    ultime = list(parole(testo[:MAX_DOMANDA]))[-1:]
    if not chiesti or not ultime or len(ultime[0][0]) < 3 or not ultime[0][0].isascii():
        return chiesti
    parola = ultime[0][0][:MAX_GETTONE]
    if not parola.isalpha():
        inizi = [f"{radice(parola)}*"]
    else:
        inizi = [f"{parola}*", *(parola[:n] for n in range(max(5, len(parola) - 4), len(parola)))]
    return [*chiesti[:-1], chiesti[-1] + tuple((inizio,) for inizio in inizi)]
