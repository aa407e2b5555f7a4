"""SHOW: the reading room, a local web page on one record."""

from onrecord.web.app import create_app

__all__ = ["create_app"]
