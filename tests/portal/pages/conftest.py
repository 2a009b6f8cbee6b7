from tests.portal.releases import business

__all__ = ["business"]
