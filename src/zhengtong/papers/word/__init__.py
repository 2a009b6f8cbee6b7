"""Word documents (ISO/IEC 29500): `package` puts the parts together, `paper` sets a document's elements by GB/T 9704."""
