"""The blueprint alone, so that each module of views can hang its routes on it."""

from __future__ import annotations

from ...web import Area

area = Area("organi", "portal.organi")
