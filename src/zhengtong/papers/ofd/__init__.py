"""OFD by GB/T 33190: fixed pages as a ZIP of XML, with fonts embedded and the document's elements marked.

`make.document(paper, at)` writes one; `package` reads and writes the container. Seals are the room `sealing`.
"""
