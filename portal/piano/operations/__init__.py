"""Writes of the plan: importing its sheets and the figures printed around them."""

from .schede import DatiCiclo, Importazione, importa_piano
from .voci import importa_quadro, importa_voci

__all__ = ["DatiCiclo", "Importazione", "importa_piano", "importa_quadro", "importa_voci"]
