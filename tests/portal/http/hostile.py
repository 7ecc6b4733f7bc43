"""Bodies that must never reach the parser."""

MALFORMED = (
    b"null", b"7", b'"x"', b"[]", b'[{"query":"{hello}"}]', b"true", b"", b" ", b"{", b"{]",
    b'{"query":"{hello}"', b"{'query':1}", b'{"query":"{hello}",}', b"\xff\xfe{}",
    b'{"a":"\xc3\x28"}',
    b'\xef\xbb\xbf{"query":"{hello}"}', b'{"query":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}',
    b'{"a":1e999}', b'{"a":01}', b'{"query":"{hello}","query":"{hello}"}',
    b'{"a":{"b":1,"b":2}}',
    b'{"a":"\\ud800"}', b'{"a":"\\x"}', b'{"a":"\n"}', b'{"a":' + b"1" * 5_000 + b"}",
    b"[" * 100_000, b'{"a":' * 50_000, b'{"query":1}', b'{"query":"{hello}","variables":"{}"}',
)  # fmt: skip
