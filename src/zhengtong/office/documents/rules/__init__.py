"""The rule book on official documents (党政机关公文处理工作条例, 2012) as tables and pure functions.

`kinds` the fifteen types and routing, `steps` the way of a document, `secrecy` levels and publication,
`body` the text as blocks, its digest and its traces.
"""
