"""Reading a document that came as a file: docx, html, text or PDF in, the elements of 条例第九条 out.

`files.read(path)` gives `elements.Elements`, or raises `limits.Unreadable` with a sentence for the person.
What is read is never run, never expanded, never fetched; time and memory are bounded by `limits`.
"""
