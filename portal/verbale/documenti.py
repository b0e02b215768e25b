"""The files of a minute: PDF (kept for years, read by everyone), DOCX (to work on), data. From content to bytes.

Whoever composes a copy gives it content already redacted: nothing here knows the words left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from docx import Document
from docx.shared import Pt

from ..clocks import a_roma
from ..i18n import _, in_italiano
from ..pdf import compone
from ..pdf import verbale as pdf
from ..richtext import testo_semplice
from .rules.composizione import ora
from .rules.contenuto import Contenuto, Orario, Presenza, PuntoDetto, Voto


@dataclass(frozen=True)
class Copia:
    """What a file says besides the content. ``data`` aware: when it became what it is. ``note``: why words are missing,
    corrections. ``codice`` empty: it cannot be checked yet."""

    ambito: str
    capofila: str
    data: datetime
    stato: str = ""
    note: Sequence[str] = ()
    firme: Sequence[str] = ()
    codice: str = ""
    verifica: str = ""


@in_italiano()
def in_pdf(c: Contenuto, copia: Copia) -> bytes:
    """PDF/A-2a and PDF/UA-1. Raises ``pdf.ErrorePdf``."""
    numero = f"{c.numero}/{c.anno}"
    atto = pdf.Verbale(
        ambito=copia.ambito, capofila=copia.capofila, numero=numero, organo=c.organo, data=copia.data, fatti=_fatti(c),
        presenze=[_riga(p) for p in c.presenze], senza_voto=[f"{s.chi} ({s.titolo})" for s in c.senza_voto],
        premessa=testo_semplice(c.premessa), punti=[_punto(p) for p in c.punti], chiusura=testo_semplice(c.chiusura),
        stato=copia.stato, note=copia.note, firme=copia.firme, codice_verifica=copia.codice,
        indirizzo_verifica=copia.verifica,
    )  # fmt: skip
    titolo = pdf.TITOLO.format(numero=numero, organo=c.organo)
    return compone("verbale", pdf.dati_verbale(atto), titolo=titolo)


@in_italiano()
def in_docx(c: Contenuto, copia: Copia) -> bytes:
    """A text document with real headings and a real table: to work on, not an original."""
    documento = Document()
    documento.styles["Normal"].font.size = Pt(11)
    documento.core_properties.title = pdf.TITOLO.format(numero=f"{c.numero}/{c.anno}", organo=c.organo)
    documento.core_properties.author = copia.ambito
    documento.core_properties.language = "it-IT"
    documento.core_properties.created = documento.core_properties.modified = copia.data
    documento.add_heading(documento.core_properties.title, 1)
    for riga in [copia.stato, *(f"{voce}: {valore}" for voce, valore in _fatti(c) if valore)]:
        if riga:
            documento.add_paragraph(riga)
    documento.add_heading(_("Chi c’era"), 2)
    tabella = documento.add_table(rows=1, cols=3, style="Table Grid")
    intestazioni = (_("Componente"), _("In qualità di"), _("Presenza"))
    for riga_tabella in [intestazioni, *(_riga(p) for p in c.presenze)]:
        celle = tabella.rows[0].cells if riga_tabella is intestazioni else tabella.add_row().cells
        for cella, testo in zip(celle, riga_tabella, strict=True):
            cella.text = testo
    for titolo, testi in _capitoli(c):
        documento.add_heading(titolo, 2)
        for testo in testi:
            documento.add_paragraph(testo)
    for nota in copia.note:
        documento.add_paragraph(nota)
    uscita = io.BytesIO()
    documento.save(uscita)
    return uscita.getvalue()


def _capitoli(c: Contenuto) -> Iterator[tuple[str, list[str]]]:
    yield _("La seduta"), _paragrafi(c.premessa)
    for p in map(_punto, c.punti):
        blocchi = [t for b in p.blocchi for t in (b.titolo, *(q for r in b.righe for q in _paragrafi(r)))]
        yield p.titolo, [*([p.sotto] if p.sotto else []), *_paragrafi(p.testo), *blocchi]
    yield _("Chiusura"), _paragrafi(c.chiusura)


def _paragrafi(testo: str) -> list[str]:
    return [p for p in testo_semplice(testo).split("\n\n") if p.strip()]


def _fatti(c: Contenuto) -> list[tuple[str, str | None]]:
    p = c.preavviso
    tardi = None
    if p.tardiva:
        tardi = (
            _("%(ore)s ore prima; il regolamento ne chiede %(n)s", ore=p.ore, n=p.ore_richieste)
            if p.urgente
            else _("%(giorni)s giorni prima; il regolamento ne chiede %(n)s", giorni=p.giorni, n=p.richiesti)
        )
    return [
        (_("Giorno"), giorno(c.giorno)),
        (_("Aperta e chiusa"), _("dalle %(dalle)s alle %(alle)s", dalle=ora(c.aperta), alle=ora(c.chiusa))),
        (_("Luogo"), c.luogo),
        (_("Convocazione"), _convocazione(c)),
        (_("Convocata in ritardo"), tardi),
        (_("Numero legale"), numero_legale(c)),
        (_("Senza numero legale"), "; ".join(_orario(o) for o in c.senza_numero_legale) or None),
        (_("Scrive il verbale"), c.segreteria or None),
    ]


def _convocazione(c: Contenuto) -> str:
    quando = giorno(c.convocata)
    return _("protocollo %(numero)s del %(giorno)s", numero=c.protocollo, giorno=quando) if c.protocollo else quando


def numero_legale(c: Contenuto) -> str:
    if c.servono is None:
        return _("%(n)s su %(tutti)s", n=c.presenti, tutti=c.componenti)
    return _("%(n)s su %(tutti)s, ne servono %(servono)s", n=c.presenti, tutti=c.componenti, servono=c.servono)


def giorno(istante: datetime) -> str:
    return str(format_date(a_roma(istante).date(), "d MMMM yyyy", locale="it"))


def _orario(o: Orario) -> str:
    if o.alle is None:
        return _("dalle %(ora)s", ora=ora(o.dalle))
    return _("dalle %(dalle)s alle %(alle)s", dalle=ora(o.dalle), alle=ora(o.alle))


def presenza(p: Presenza) -> str:
    """«dalle 9:30 alle 11:20», «assente»."""
    return "; ".join(_orario(o) for o in p.orari) or _("assente")


def _riga(p: Presenza) -> tuple[str, str, str]:
    qualita = p.qualita if p.voto else f"{p.qualita} ({_('senza voto')})"
    delega = _("per delega: %(chi)s", chi=p.delegato) if p.delegato else ""
    return p.chi, "\n".join(t for t in (qualita, delega) if t), presenza(p)


def sotto_titolo(p: PuntoDetto) -> str:
    """«Presenti 6 · dalle 9:50 alle 10:30», or what became of an item that was not dealt with."""
    pezzi = [p.esito] if p.esito else []
    if p.presenti is not None:
        pezzi.append(_("Presenti %(n)s", n=p.presenti))
    if p.dalle:
        pezzi.append(_orario(Orario(p.dalle, p.alle)))
    if p.relatore:
        pezzi.append(_("ne parla %(chi)s", chi=p.relatore))
    return " · ".join(pezzi)


def _punto(p: PuntoDetto) -> pdf.Punto:
    usciti = [pdf.Blocco(_("Esce per conflitto di interessi: %(chi)s", chi=u.chi), [u.motivo]) for u in p.usciti]
    voti = [pdf.Blocco(v.verdetto, righe_voto(v)) for v in p.voti]
    decisioni = [
        pdf.Blocco(titolo_decisione(d.numero, eseguibile=d.eseguibile), [testo_semplice(d.testo)]) for d in p.decisioni
    ]
    return pdf.Punto(f"{p.numero}. {p.titolo}", sotto_titolo(p), testo_semplice(p.testo), [*usciti, *voti, *decisioni])


def titolo_decisione(numero: str, *, eseguibile: bool) -> str:
    titolo = _("Decisione %(numero)s", numero=numero)
    return f"{titolo}, {_('immediatamente eseguibile')}" if eseguibile else titolo


def righe_voto(v: Voto) -> list[str]:
    """The arithmetic of a vote, a line each: what was voted, numbers, names, quotas."""
    righe = [v.oggetto] if v.oggetto else []
    righe.append(
        _(
            "Presenti %(p)s, favorevoli %(si)s, contrari %(no)s, astenuti %(astenuti)s. %(modo)s. Regola: %(regola)s.",
            p=v.presenti, si=v.favorevoli, no=v.contrari, astenuti=v.astenuti, modo=v.modo, regola=v.regola,
        )
    )  # fmt: skip
    if v.contro:
        righe.append(_("Contrari: %(chi)s.", chi=", ".join(v.contro)))
    if v.si_astengono:
        righe.append(_("Astenuti: %(chi)s.", chi=", ".join(v.si_astengono)))
    if v.quote:
        righe.append(_("Quote: %(quote)s.", quote=v.quote))
    return righe
