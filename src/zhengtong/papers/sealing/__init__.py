"""Electronic seals by GB/T 38540-2020 on documents in OFD: making a seal, sealing with it, verifying what is sealed.

`pdf` signs a PDF with the same keys.

The keys are SM2 and come from `foundation.seals`; a county that seals in earnest needs a certified product
for them (密码法 第二十六条), so every seal made here is to carry 测试 on its face.
"""

from .apply import seal
from .grants import Press, SealGrant, make_seal
from .verify import verify

__all__ = ("Press", "SealGrant", "make_seal", "seal", "verify")
