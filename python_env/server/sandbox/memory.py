"""Reading and writing the guest's memory, in which every address comes from the guest."""

import ctypes
import struct
from typing import Final

from wasmtime import Memory, Store

from python_env.server.sandbox.files import LONGEST_PATH, NAMETOOLONG, Refused

FAULT: Final = 21


class GuestMemory:
    """The linear memory of one guest; an address outside of it is an error number for the guest."""

    def __init__(self, store: Store, memory: Memory) -> None:
        self._store = store
        self._memory = memory

    def _address(self, place: int, size: int) -> int:
        if place + size > self._memory.data_len(self._store):
            raise Refused(FAULT)
        return ctypes.addressof(self._memory.data_ptr(self._store).contents) + place

    def read(self, place: int, size: int) -> bytes:
        """Return a copy of `size` bytes."""
        return ctypes.string_at(self._address(place, size), size)

    def read_path(self, place: int, size: int) -> str:
        """Return a path, whose bytes need not be text."""
        if size > LONGEST_PATH:
            raise Refused(NAMETOOLONG)
        return self.read(place, size).decode("utf-8", "surrogateescape")

    def read_vectors(self, place: int, count: int) -> list[tuple[int, int]]:
        """Return the address and the size of each buffer that a call names."""
        return list(struct.iter_unpack("<II", self.read(place, 8 * count)))

    def write(self, place: int, data: bytes) -> None:
        """Put bytes at an address."""
        ctypes.memmove(self._address(place, len(data)), data, len(data))

    def write_int(self, place: int, value: int) -> None:
        """Put a number of 32 bits at an address."""
        self.write(place, struct.pack("<I", value))

    def write_long(self, place: int, value: int) -> None:
        """Put a number of 64 bits at an address."""
        self.write(place, struct.pack("<Q", value % (1 << 64)))

    def write_strings(self, strings: list[bytes], table: int, place: int) -> None:
        """Put strings one after another, and the address of each into a table."""
        for i, text in enumerate(strings):
            self.write_int(table + 4 * i, place)
            self.write(place, text)
            place += len(text)
