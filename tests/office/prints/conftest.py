from tests.office.dispatch.conftest import sent

__all__ = ["sent"]
