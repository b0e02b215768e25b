from __future__ import annotations

from typing import Any

import pytest

from portal import tenancy
from portal.demo.piano import carica
from portal.transaction import unita
from tests import fabbrica
from tests.palco import scena as su_palco

COMUNI = ("Casarano", "Collepasso", "Matino", "Parabita", "Ruffano", "Supersano", "Taurisano")


@pytest.fixture
@su_palco
def ambito(app: Any) -> Any:
    """An Ambito with no plan."""
    with app.app_context(), unita(), tenancy.tutti_gli_ambiti():
        return fabbrica.ambito("casarano", comuni=COMUNI)


@pytest.fixture
@su_palco
def casarano(app: Any, ambito: Any) -> Any:
    """The Ambito with its real plan loaded."""
    with app.app_context(), unita(), tenancy.usa_ambito(ambito.id):
        carica(ambito)
    return ambito
