"""The Rete for the office: requests to decide, register and history, categories, exclusion."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from ...access import can, requires
from ...ambiti import queries as ambiti
from ...clocks import a_roma, oggi
from ...enti import rules as enti_rules
from ...errors import Conflitto, ErroreDominio
from ...i18n import _
from ...paging import Pagina, cursore
from ...web import assoluto
from .. import forms, operations, queries, rules
from ..models import Adesione, CategoriaRete, StatoAdesione
from ..permissions import P
from ..queries import elezioni
from .area import area

PER_PAGINA = 50
STORIA = tuple(s for s in StatoAdesione if s != StatoAdesione.RICHIESTA)


@area.get("/<ambito>/ufficio/rete")
@requires(P.VEDI)
def ufficio() -> Any:
    """What waits for a decision first; then the members, or those of another state."""
    chiesto = request.args.get("stato", "")
    stato = StatoAdesione(chiesto) if chiesto in STORIA else StatoAdesione.AMMESSA
    dopo = cursore()
    righe = queries.per_stato(stato, dopo=dopo, limite=PER_PAGINA)
    feste = ambiti.festivita()
    richieste = [(r, rules.decidere_entro(a_roma(r.chiesta_il).date(), feste)) for r in queries.da_decidere()]
    return render_template(
        "rete/ufficio.html",
        richieste=richieste,
        pagina=Pagina.da(righe, PER_PAGINA, lambda r: r.id, dopo=dopo),
        stato_scelto=stato,
        elezioni=elezioni.elezioni(),
        puo_eleggere=can(P.ELEGGI),
        storia=STORIA,
        oggi=oggi(),
    )


@area.get("/<ambito>/ufficio/rete/<int:adesione_id>")
@requires(P.VEDI, load=queries.adesione)
def scheda(adesione: Adesione) -> Any:
    return render_template("rete/scheda.html", **_scheda(adesione))


def _scheda(adesione: Adesione, **altro: Any) -> dict[str, Any]:
    return {
        "adesione": adesione,
        "ente": adesione.ente,
        "entro": rules.decidere_entro(a_roma(adesione.chiesta_il).date(), ambiti.festivita()),
        "oggi": oggi(),
        "stati": enti_rules.STATI,
        "sezioni": enti_rules.SEZIONI,
        "puo_decidere": can(P.DECIDI, adesione),
        "puo_escludere": can(P.ESCLUDI, adesione),
        **altro,
    }


def _collegamento(adesione: Adesione) -> str:
    return assoluto("rete.adesione", adesione_id=adesione.id)


@area.route("/<ambito>/ufficio/rete/<int:adesione_id>/decidi", methods=["GET", "POST"])
@requires(P.DECIDI, load=queries.adesione)
def decidi(adesione: Adesione) -> Any:
    """Admit or refuse, with reason and act."""
    if adesione.stato != StatoAdesione.RICHIESTA and request.method == "GET":
        return redirect(url_for(".scheda", adesione_id=adesione.id), 303)
    categorie = {c.id: c for c in queries.categorie()}
    modulo = forms.ModuloDecisione(data={"categoria": adesione.categoria_id, "versione": adesione.versione})
    modulo.fra((c.id, c.nome) for c in categorie.values())
    if modulo.validate_on_submit():
        scelta = operations.Decisione(
            modulo.esito.data == "si", categorie[modulo.categoria.data], modulo.motivo.data or "", modulo.atto.data
        )
        try:
            operations.decidi(
                adesione,
                scelta,
                versione=forms.numero(modulo.versione.data),
                attore=current_user,
                collegamento=_collegamento(adesione),
            )
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".scheda", adesione_id=adesione.id)
            raise
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("Deciso. La lettera all’ente aspetta il tuo controllo in «Messaggi»."), "successo")
            return redirect(url_for(".scheda", adesione_id=adesione.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/decidi.html", **_scheda(adesione, modulo=modulo), errori_modulo=stato == 422), stato


@area.route("/<ambito>/ufficio/rete/<int:adesione_id>/escludi", methods=["GET", "POST"])
@requires(P.ESCLUDI, load=queries.adesione)
def escludi(adesione: Adesione) -> Any:
    """Put an ente out of the Rete: what happens is said before, and it cannot be undone."""
    if adesione.stato != StatoAdesione.AMMESSA and request.method == "GET":
        return redirect(url_for(".scheda", adesione_id=adesione.id), 303)
    modulo = forms.ModuloEsclusione(data={"versione": adesione.versione})
    if modulo.validate_on_submit():
        try:
            operations.escludi(
                adesione,
                versione=forms.numero(modulo.versione.data),
                motivo=modulo.motivo.data,
                atto=modulo.atto.data,
                attore=current_user,
                collegamento=_collegamento(adesione),
            )
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".scheda", adesione_id=adesione.id)
            raise
        flash(_("L’ente è escluso dalla Rete. La lettera aspetta il tuo controllo in «Messaggi»."), "successo")
        return redirect(url_for(".scheda", adesione_id=adesione.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/escludi.html", **_scheda(adesione, modulo=modulo), errori_modulo=stato == 422), stato


@area.route("/<ambito>/ufficio/rete/categorie", methods=["GET", "POST"])
@requires(P.CATEGORIE)
def categorie() -> Any:
    """The Ambito's own table, and the form of one more."""
    modulo = forms.ModuloCategoria()
    if modulo.validate_on_submit():
        try:
            operations.crea_categoria(ambito_id=g.ambito.id, nome=modulo.nome.data, attore=current_user)
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La categoria c’è."), "successo")
            return redirect(url_for(".categorie"), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template(
        "rete/categorie.html", categorie=queries.categorie(), membri=queries.membri_per_categoria(), modulo=modulo,
        errori_modulo=stato == 422,
    )  # fmt: skip
    return html, stato


@area.route("/<ambito>/ufficio/rete/categorie/<int:categoria_id>", methods=["GET", "POST"])
@requires(P.CATEGORIE, load=queries.categoria)
def categoria(trovata: CategoriaRete) -> Any:
    modulo = forms.ModuloCategoriaEsistente(
        data={"nome": trovata.nome, "ordine": trovata.ordine, "aperta": trovata.aperta, "versione": trovata.versione}
    )
    if modulo.validate_on_submit():
        try:
            operations.modifica_categoria(
                trovata,
                versione=forms.numero(modulo.versione.data),
                nome=modulo.nome.data,
                ordine=modulo.ordine.data,
                aperta=modulo.aperta.data,
                attore=current_user,
            )
        except Conflitto as conflitto:
            conflitto.ritorno = url_for(".categoria", categoria_id=trovata.id)
            raise
        except ErroreDominio as errore:
            modulo.rifiuta(errore)
        else:
            flash(_("La categoria è salvata."), "successo")
            return redirect(url_for(".categorie"), 303)
    stato = 422 if modulo.ha_errori else 200
    html = render_template("rete/categoria.html", categoria=trovata, modulo=modulo, errori_modulo=stato == 422)
    return html, stato


@area.route("/<ambito>/ufficio/rete/storico", methods=["GET", "POST"])
@requires(P.VEDI)
def registra() -> Any:
    """Write a member admitted before the portal, with the day and the act of then."""
    modulo, categorie = forms.ModuloStorico(), {c.id: c for c in queries.categorie()}
    modulo.fra((c.id, c.nome) for c in categorie.values())
    if modulo.validate_on_submit():
        try:
            ente = queries.ente_per_codice(modulo.codice_fiscale.data.upper())
            if ente is None:
                raise ErroreDominio(_("Nel portale non c’è un ente con questo codice fiscale."), "codice_fiscale")
            fatta = operations.registra_storica(
                ente, ambito_id=g.ambito.id, categoria=categorie[modulo.categoria.data],
                ammessa_il=modulo.ammessa_il.data, atto=modulo.atto.data, attore=current_user,
            )  # fmt: skip
        except ErroreDominio as errore:
            if errore.stato_http != 400:
                raise
            modulo.rifiuta(errore)
        else:
            flash(_("L’ente è nel registro dal giorno che hai scritto."), "successo")
            return redirect(url_for(".scheda", adesione_id=fatta.id), 303)
    stato = 422 if modulo.ha_errori else 200
    return render_template("rete/storico.html", modulo=modulo, categorie=categorie, errori_modulo=stato == 422), stato
