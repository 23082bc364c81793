#!/usr/bin/env python3
"""Writes a red ring on a transparent ground as PNG: a seal that is nobody's, for the judges."""
import struct
import sys
import zlib

SIDE = 400


def ink(row, column):
    distance = ((row - SIDE / 2) ** 2 + (column - SIDE / 2) ** 2) ** 0.5 / (SIDE / 2)
    return bytes((214, 32, 24, 230)) if 0.93 < distance < 0.99 else bytes(4)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(ink(r, c) for c in range(SIDE)) for r in range(SIDE))
header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
with open(sys.argv[1], "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
    file.write(chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
