"""The PDF of a receipt and of a proposal: from rows to the plain shapes of ``portal.pdf``."""

from __future__ import annotations

from ..avvisi.models import TipoRequisito
from ..clocks import a_roma, adesso
from ..enti.rules import SEZIONI as SEZIONI_RUNTS
from ..enti.rules import esente_bollo, forma_societaria
from ..i18n import _, in_italiano
from ..money import scrivi_euro
from ..pdf import compone
from ..pdf import proposta as pdf_proposta
from ..pdf import ricevuta as pdf_ricevuta
from ..richtext import testo_semplice
from . import rules
from .contenuto import costi
from .models import Proposta, Ricevuta


@in_italiano()
def ricevuta_pdf(proposta: Proposta, *, ambito: str, capofila: str, firmatario: str, ruolo: str, verifica: str) -> bytes:
    """The receipt of a submitted proposal (loaded with ``proposta_intera``)."""
    ricevuta = _con_ricevuta(proposta)
    numero = f"{ricevuta.numero}/{ricevuta.anno}"
    dati = pdf_ricevuta.Ricevuta(
        ambito=ambito,
        capofila=capofila,
        numero=numero,
        ricevuta_il=ricevuta.emessa_il,
        avviso=_(
            "%(titolo)s (n. %(n)s del %(anno)s)",
            titolo=proposta.avviso.titolo,
            n=proposta.avviso.numero,
            anno=proposta.avviso.anno,
        ),
        ente=proposta.ente.denominazione,
        codice_fiscale=proposta.ente.codice_fiscale,
        presentata_da=firmatario,
        in_qualita_di=ruolo,
        file=[pdf_ricevuta.FileRicevuto(a.nome, a.dimensione, a.sha256, a.documento.titolo) for a in proposta.allegati],
        impronta=ricevuta.impronta,
        codice_verifica=ricevuta.codice,
        indirizzo_verifica=verifica,
        dichiarazioni=[f"{d.testo} ({d.norma})" if d.norma else d.testo for d in proposta.dichiarazioni],
        passi=passi_dopo(proposta),
        bollo=pdf_ricevuta.BOLLO_ESENTE if _esente(proposta) else "",
        titolo_proposta=proposta.titolo,
        runts=_runts(proposta),
        responsabile=proposta.avviso.rup,
        ufficio=_("Ufficio di Piano"),
    )
    return compone("ricevuta", pdf_ricevuta.dati_ricevuta(dati), titolo=pdf_ricevuta.TITOLO.format(numero=numero))


def _con_ricevuta(proposta: Proposta) -> Ricevuta:
    assert proposta.ricevuta is not None
    return proposta.ricevuta


def _esente(proposta: Proposta) -> bool:
    """Stamp duty by what the register said when the proposal was submitted (art. 82 c. 5 D.Lgs. 117/2017)."""
    if not any(r.tipo == TipoRequisito.BOLLO for r in proposta.avviso.requisiti) or proposta.rilevazione is None:
        return False
    societaria = forma_societaria(proposta.ente.forma_giuridica)
    return esente_bollo(proposta.rilevazione.stato, proposta.rilevazione.sezione, forma_societaria=societaria)


def _runts(proposta: Proposta) -> str | None:
    r = proposta.rilevazione
    if r is None or r.sezione is None:
        return None
    dal = _(" dal %(data)s", data=r.iscritto_il.strftime("%d/%m/%Y")) if r.iscritto_il else ""
    return f"{r.repertorio or ''} · {SEZIONI_RUNTS[r.sezione]}{dal}"


def passi_dopo(proposta: Proposta) -> list[str]:
    """«Che cosa succede adesso», for the receipt page and its PDF."""
    termine = proposta.avviso.termine
    giorno = a_roma(termine).strftime("%d/%m/%Y") if termine else ""
    return [
        _("Fino al termine (%(giorno)s) nessuno apre la proposta. Fino ad allora puoi ritirarla.", giorno=giorno),
        _("Poi l’Ufficio controlla i requisiti. Se manca qualcosa che si può completare, ti scrive."),
        _("Una commissione legge e dà i punti. L’esito si legge sulla pagina dell’avviso."),
    ]


@in_italiano()
def proposta_pdf(proposta: Proposta, *, ambito: str, capofila: str, verifica: str) -> bytes:
    """A copy of the whole proposal, draft or submitted."""
    ricevuta = proposta.ricevuta
    numero = f"{ricevuta.numero}/{ricevuta.anno}" if ricevuta else _("bozza")
    quando = ricevuta.emessa_il if ricevuta else adesso()
    dati = pdf_proposta.Proposta(
        ambito=ambito,
        capofila=capofila,
        numero=numero,
        data=quando,
        fatti=[
            (_("Avviso"), proposta.avviso.titolo),
            (_("Ente"), proposta.ente.denominazione),
            (_("Codice fiscale"), proposta.ente.codice_fiscale),
            (_("Titolo"), proposta.titolo),
            (_("Lotti"), ", ".join(str(s.lotto.numero) for s in sorted(proposta.lotti, key=lambda s: s.lotto.numero))),
        ],
        sezioni=[*_scritte(proposta), _quadro(proposta), _allegati(proposta)],
        stato="" if ricevuta else _("Bozza del %(giorno)s, non presentata", giorno=a_roma(quando).strftime("%d/%m/%Y")),
        codice_verifica=ricevuta.codice if ricevuta else "",
        indirizzo_verifica=verifica if ricevuta else "",
    )
    return compone("proposta", pdf_proposta.dati_proposta(dati), titolo=pdf_proposta.TITOLO.format(numero=numero))


def _scritte(proposta: Proposta) -> list[pdf_proposta.Sezione]:
    testi = {s.chiave: s.testo for s in proposta.sezioni}
    return [pdf_proposta.Sezione(str(s.titolo), testo_semplice(testi.get(s.chiave, ""))) for s in rules.SEZIONI]


def _quadro(proposta: Proposta) -> pdf_proposta.Sezione:
    totali = rules.quadro(costi(proposta))
    righe = [
        (f"{rules.CATEGORIE[v.categoria]}: {v.descrizione}", (scrivi_euro(v.richiesto), scrivi_euro(v.quota_propria)))
        for v in proposta.voci
    ]
    proprie = totali.denaro_proprio + totali.apporti
    tabella = pdf_proposta.Quadro(
        _("Voci di spesa"),
        (_("Richiesto"), _("Quota propria")),
        righe,
        totale=(scrivi_euro(totali.richiesto), scrivi_euro(proprie)) if righe else (),
        nota=_("Valore del progetto: %(euro)s", euro=scrivi_euro(totali.valore)),
    )
    return pdf_proposta.Sezione(_("Quadro economico"), quadri=(tabella,))


def _allegati(proposta: Proposta) -> pdf_proposta.Sezione:
    return pdf_proposta.Sezione(
        _("Allegati"), fatti=[(a.documento.titolo, f"{a.nome} (SHA-256 {a.sha256})") for a in proposta.allegati]
    )
