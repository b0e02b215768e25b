"""The list of areas: their blueprints, and every table (for migrations)."""

from __future__ import annotations

from . import jobs, numerazione, outbox, search  # noqa: F401  tables of the plumbing
from .ambiti import models as _ambiti  # noqa: F401
from .ambiti.views import area as area_ambiti
from .audit import models as _audit  # noqa: F401
from .avvisi import models as _avvisi  # noqa: F401
from .avvisi.views import area as area_avvisi
from .enti import models as _enti  # noqa: F401
from .enti.views import area as area_enti
from .guida import models as _guida  # noqa: F401
from .guida.views import area as area_guida
from .home.views import area as area_home
from .organi import models as _organi  # noqa: F401
from .organi.views import area as area_organi
from .piano import models as _piano  # noqa: F401
from .piano.views import area as area_piano
from .progetti import models as _progetti  # noqa: F401
from .progetti.views import area as area_progetti
from .proposte import models as _proposte  # noqa: F401
from .proposte.views import area as area_proposte
from .rete import models as _rete  # noqa: F401
from .rete.views import area as area_rete
from .sedute import models as _sedute  # noqa: F401
from .sedute.views import area as area_sedute
from .tavoli import models as _tavoli  # noqa: F401
from .tavoli.views import area as area_tavoli
from .utenti import models as _utenti  # noqa: F401
from .utenti.views import area as area_utenti
from .valutazione import models as _valutazione  # noqa: F401
from .valutazione.views import area as area_valutazione
from .verbale import models as _verbale  # noqa: F401
from .verbale.views import area as area_verbale
from .web import Area

AREE: tuple[Area, ...] = (  # type: ignore[assignment]  # mypy takes views/area.py for the name «area» of views
    area_home,
    area_utenti,
    area_ambiti,
    area_enti,
    area_piano,
    area_avvisi,
    area_proposte,
    area_valutazione,
    area_progetti,
    area_guida,
    area_organi,
    area_sedute,
    area_verbale,
    area_rete,
    area_tavoli,
)
