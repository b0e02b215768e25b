"""The blueprint of the area, shared by its public pages and the office's."""

from ...web import Area

area = Area("avvisi", "portal.avvisi")
PER_PAGINA = 25
