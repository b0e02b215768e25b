"""Rules of the guide, pure functions: the page's words (``pagina``), what is written (``contenuto``), when it is to
be checked again (``verifica``), the page for machines (``dati_collegati``)."""

from .contenuto import (
    COLONNE,
    OBIETTIVO,
    OBIETTIVO_BREVE,
    Contenuto,
    DatiContatto,
    DatiSede,
    Lettura,
    corpo_ricerca,
    differenze,
    in_testo,
    letture,
)
from .dati_collegati import governo
from .pagina import (
    BREVE,
    CATEGORIE,
    DA_COMPLETARE,
    ETICHETTE,
    SEZIONI,
    STATI,
    Sezione,
    con_numeri,
    in_elenco,
    indirizzo_contatto,
    manca,
    numero_da_chiamare,
    voci,
)
from .verifica import confine_verifica, da_verificare, prossimo_controllo

__all__ = [
    "BREVE",
    "CATEGORIE",
    "COLONNE",
    "DA_COMPLETARE",
    "ETICHETTE",
    "OBIETTIVO",
    "OBIETTIVO_BREVE",
    "SEZIONI",
    "STATI",
    "Contenuto",
    "DatiContatto",
    "DatiSede",
    "Lettura",
    "Sezione",
    "con_numeri",
    "confine_verifica",
    "corpo_ricerca",
    "da_verificare",
    "differenze",
    "governo",
    "in_elenco",
    "in_testo",
    "indirizzo_contatto",
    "letture",
    "manca",
    "numero_da_chiamare",
    "prossimo_controllo",
    "voci",
]
