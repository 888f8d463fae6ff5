"""All that the guest can call: WASI preview 1 over files in memory.

There is no file of the host here, no socket, no process and no thread. The clock counts the
guest's instructions, sleep moves the clock, and random numbers are one fixed sequence, so that a
run is the same on every machine. What the host does for the guest costs fuel too: otherwise a
loop of calls could keep the host busy for minutes. That part of the fuel does not move the clock.
"""

import hashlib
import struct
from collections.abc import Callable
from typing import Final, NoReturn

from wasmtime import FuncType, Linker, Store, ValType

from python_env.server.sandbox.files import (
    BADF,
    FILE,
    FOLDER,
    INVAL,
    LINK,
    LOOP,
    NOENT,
    NOSPC,
    NOTDIR,
    NOTSUP,
    SPIPE,
    FileSystem,
    Node,
    Refused,
    Spot,
)
from python_env.server.sandbox.files import EXIST as EXISTS
from python_env.server.sandbox.files import MOST_BYTES as MOST_WRITTEN
from python_env.server.sandbox.memory import GuestMemory

BEGIN: Final = 1_800_000_000_000_000_000  # nanoseconds since 1970
CALL_FUEL: Final = (
    120_000  # what the host does takes 17 microseconds, an instruction 0.1 nanoseconds
)
BYTE_FUEL: Final = 10
STREAMS: Final = (0, 1, 2)
CHECKPOINT, _, COMPLAINTS = STREAMS  # as the guest writes to them
MOST_COMPLAINTS: Final = 4_000
LONGEST_MESSAGE: Final = 100_000
CHARACTER_DEVICE: Final = 2
ALL_RIGHTS: Final = 0x1FFFFFFF
SEEK_AND_TELL: Final = 0x24  # a stream that has these rights is no terminal to CPython
SUBSCRIPTION_SIZE: Final = 48
EVENT_SIZE: Final = 32
LEAST_SLEEP: Final = 1_000_000
ABSOLUTE_TIME: Final = 1
TO_NOW: Final = 8  # in a call that sets times: the time of change is now
FOLLOW: Final = 1
CREATE, ONLY_FOLDER, EXCLUSIVE, TRUNCATE = 1, 2, 4, 8
APPEND: Final = 1

# The parameters of each call: i is 32 bits, l is 64 bits. Each returns an error number but one.
SHAPES: Final = {
    "args_get": "ii",
    "args_sizes_get": "ii",
    "environ_get": "ii",
    "environ_sizes_get": "ii",
    "clock_res_get": "ii",
    "clock_time_get": "ili",
    "fd_advise": "illi",
    "fd_allocate": "ill",
    "fd_close": "i",
    "fd_datasync": "i",
    "fd_fdstat_get": "ii",
    "fd_fdstat_set_flags": "ii",
    "fd_filestat_get": "ii",
    "fd_filestat_set_size": "il",
    "fd_filestat_set_times": "illi",
    "fd_pread": "iiili",
    "fd_prestat_get": "ii",
    "fd_prestat_dir_name": "iii",
    "fd_pwrite": "iiili",
    "fd_read": "iiii",
    "fd_readdir": "iiili",
    "fd_seek": "ilii",
    "fd_sync": "i",
    "fd_tell": "ii",
    "fd_write": "iiii",
    "path_create_directory": "iii",
    "path_filestat_get": "iiiii",
    "path_filestat_set_times": "iiiilli",
    "path_link": "iiiiiii",
    "path_open": "iiiiillii",
    "path_readlink": "iiiiii",
    "path_remove_directory": "iii",
    "path_rename": "iiiiii",
    "path_symlink": "iiiii",
    "path_unlink_file": "iii",
    "poll_oneoff": "iiii",
    "proc_exit": "i",
    "random_get": "ii",
    "sched_yield": "",
    "sock_accept": "iii",
    "sock_recv": "iiiiii",
    "sock_send": "iiiii",
    "sock_shutdown": "ii",
}


class GuestExit(Exception):  # noqa: N818 - how every run of the guest ends, not an error
    """The guest ended itself."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Wasi:
    """The calls of one guest, by the names that WASI gives them.

    Args:
        args: The guest's command line.
        environment: Its environment, as NAME=value.
        at_checkpoint: Called when the guest writes to its standard input.
    """

    def __init__(
        self, args: list[str], environment: list[str], at_checkpoint: Callable[[], None]
    ) -> None:
        self._args = [text.encode() + b"\0" for text in args]
        self._environment = [text.encode() + b"\0" for text in environment]
        self._at_checkpoint = at_checkpoint
        self.input = b""
        self.password = b""
        self.complaints = b""
        self.clock_stands = False
        self.answer: bytes | None = None
        self.files = FileSystem(BEGIN)
        self._slept = self._charged = self._budget = self._random_calls = 0

    def attach(self, linker: Linker, store: Store) -> None:
        """Offer the calls to a guest that `store` will hold."""
        self._store = store
        kinds = {"i": ValType.i32(), "l": ValType.i64()}
        for name, shape in SHAPES.items():
            results = [] if name == "proc_exit" else [ValType.i32()]
            kind = FuncType([kinds[letter] for letter in shape], results)
            linker.define_func("wasi_snapshot_preview1", name, kind, self._answering(name, shape))

    def use(self, memory: GuestMemory, fuel: int) -> None:
        """Begin with this memory and this fuel."""
        self._memory = memory
        self.refuel(fuel)

    def refuel(self, fuel: int) -> None:
        """Give the guest this much fuel from now on, and set its clock back to the beginning."""
        self._slept = self._charged = self._random_calls = 0
        self._budget = fuel
        self._store.set_fuel(fuel)

    def _answering(self, name: str, shape: str) -> Callable[..., int | None]:
        call: Callable[..., None] = getattr(self, f"_{name}", self._unsupported)
        # wasmtime hands over signed numbers; only the offset of fd_seek can be below zero.
        masks = [(1 << 32) - 1 if letter == "i" else (1 << 64) - 1 for letter in shape]

        def answer(*values: int) -> int | None:
            self._charge(CALL_FUEL)
            try:
                call(*(value & mask for value, mask in zip(values, masks, strict=True)))
            except Refused as refused:
                return refused.number
            return None if name == "proc_exit" else 0

        return answer

    def _charge(self, fuel: int) -> None:
        left = self._store.get_fuel()
        self._charged += min(fuel, left)
        self._store.set_fuel(max(0, left - fuel))

    def _charge_bytes(self, size: int) -> None:
        self._charge(BYTE_FUEL * size)

    @staticmethod
    def _unsupported(*_: int) -> NoReturn:
        raise Refused(NOTSUP)

    # --- the process, its clock and its random numbers

    def now(self) -> int:
        """Return the guest's time in nanoseconds: one for each instruction, and what it slept."""
        if self.clock_stands:
            return BEGIN + self._slept
        used: int = self._budget - self._store.get_fuel() - self._charged
        return BEGIN + self._slept + used

    def _args_get(self, table: int, place: int) -> None:
        self._memory.write_strings(self._args, table, place)

    def _args_sizes_get(self, count: int, size: int) -> None:
        self._write_sizes(self._args, count, size)

    def _environ_get(self, table: int, place: int) -> None:
        self._memory.write_strings(self._environment, table, place)

    def _environ_sizes_get(self, count: int, size: int) -> None:
        self._write_sizes(self._environment, count, size)

    def _write_sizes(self, strings: list[bytes], count: int, size: int) -> None:
        self._memory.write_int(count, len(strings))
        self._memory.write_int(size, sum(map(len, strings)))

    def _clock_res_get(self, _clock: int, place: int) -> None:
        self._memory.write_long(place, 1)

    def _clock_time_get(self, _clock: int, _precision: int, place: int) -> None:
        self._memory.write_long(place, self.now())

    def _random_get(self, place: int, size: int) -> None:
        self._charge_bytes(size)
        self._memory.read(place, size)  # refuses a size that the guest has not got
        self._random_calls += 1
        stream = hashlib.shake_128(self._random_calls.to_bytes(8, "little"))
        self._memory.write(place, stream.digest(size))

    def _poll_oneoff(self, wanted: int, events: int, count: int, happened: int) -> None:
        self._charge(CALL_FUEL * count)
        if self._store.get_fuel() == 0:
            return
        for i in range(count):
            what = self._memory.read(wanted + SUBSCRIPTION_SIZE * i, SUBSCRIPTION_SIZE)
            if what[8] == 0:
                until = int.from_bytes(what[24:32], "little")
                pause = until - self.now() if what[40] & ABSOLUTE_TIME else until
                # Where only sleep moves the clock, an event loop that comes a moment early, and so
                # sleeps for nothing, would come early for ever.
                self._slept += max(LEAST_SLEEP if self.clock_stands else 0, pause)
            event = what[:8] + struct.pack("<HB5x", 0, what[8]) + bytes(16)
            self._memory.write(events + EVENT_SIZE * i, event)
        self._memory.write_int(happened, count)

    def _sched_yield(self) -> None:
        """There is nobody to yield to."""

    def _proc_exit(self, code: int) -> None:
        raise GuestExit(code)

    # --- open files

    def _fd_advise(self, descriptor: int, *_: int) -> None:
        self.files.opened(descriptor)

    def _fd_sync(self, descriptor: int) -> None:
        self.files.opened(descriptor)

    _fd_datasync = _fd_sync

    def _fd_close(self, descriptor: int) -> None:
        if descriptor not in STREAMS:
            self.files.close(descriptor)

    def _fd_fdstat_get(self, descriptor: int, place: int) -> None:
        if descriptor in STREAMS:
            kind, flags, rights = CHARACTER_DEVICE, 0, ALL_RIGHTS & ~SEEK_AND_TELL
        else:
            opened = self.files.opened(descriptor)
            kind, flags, rights = opened.node.kind, opened.flags, ALL_RIGHTS
        self._memory.write(place, struct.pack("<BxHxxxxQQ", kind, flags, rights, ALL_RIGHTS))

    def _fd_fdstat_set_flags(self, descriptor: int, flags: int) -> None:
        self.files.opened(descriptor).flags = flags

    def _fd_filestat_get(self, descriptor: int, place: int) -> None:
        node = None if descriptor in STREAMS else self.files.opened(descriptor).node
        self._write_stat(node, place)

    def _write_stat(self, node: Node | None, place: int) -> None:
        if node is None:
            fields = (0, 0, CHARACTER_DEVICE, 1, 0, 0, 0, 0)
        else:
            size, changed = len(node.content), node.changed
            fields = (1, node.number, node.kind, 1, size, changed, changed, changed)
        self._memory.write(place, struct.pack("<8Q", *fields))

    def _fd_filestat_set_size(self, descriptor: int, size: int) -> None:
        self._charge_bytes(min(size, MOST_WRITTEN))
        self.files.resize(self.files.opened(descriptor, FILE).node, size)

    def _fd_allocate(self, descriptor: int, offset: int, size: int) -> None:
        if offset + size > len(self.files.opened(descriptor, FILE).node.content):
            self._fd_filestat_set_size(descriptor, offset + size)

    def _fd_filestat_set_times(self, descriptor: int, _seen: int, changed: int, which: int) -> None:
        node = self.files.opened(descriptor).node
        node.changed = self.now() if which & TO_NOW else changed

    def _fd_prestat_get(self, descriptor: int, place: int) -> None:
        if descriptor != 3:  # noqa: PLR2004 - the first descriptor after the streams: the root
            raise Refused(BADF)
        self._memory.write(place, struct.pack("<II", 0, len(b"/w")))

    def _fd_prestat_dir_name(self, _descriptor: int, place: int, size: int) -> None:
        self._memory.write(place, b"/w"[:size])

    def _fd_read(self, descriptor: int, vectors: int, count: int, got: int) -> None:
        if descriptor in STREAMS:
            self._memory.write_int(got, self._read_input(vectors, count))
        else:
            opened = self.files.opened(descriptor, FILE)
            size = self._read(opened.node, opened.place, vectors, count)
            opened.place += size
            self._memory.write_int(got, size)

    def _read_input(self, vectors: int, count: int) -> int:
        before = len(self.input)
        for place, size in self._memory.read_vectors(vectors, count):
            self._memory.write(place, self.input[:size])
            self.input = self.input[size:]
        return before - len(self.input)

    def _fd_pread(self, descriptor: int, vectors: int, count: int, offset: int, got: int) -> None:
        node = self.files.opened(descriptor, FILE).node
        self._memory.write_int(got, self._read(node, offset, vectors, count))

    def _read(self, node: Node, offset: int, vectors: int, count: int) -> int:
        begin = offset
        for place, size in self._memory.read_vectors(vectors, count):
            piece = bytes(node.content[offset : offset + size])
            self._charge_bytes(len(piece))
            self._memory.write(place, piece)
            offset += len(piece)
        return offset - begin

    def _fd_write(self, descriptor: int, vectors: int, count: int, done: int) -> None:
        if descriptor in STREAMS:
            size = sum(size for _, size in self._memory.read_vectors(vectors, count))
            if size <= LONGEST_MESSAGE:
                self._take_message(descriptor, self._gather(vectors, count, size))
            written = size % (1 << 32)
        else:
            opened = self.files.opened(descriptor, FILE)
            if opened.flags & APPEND:
                opened.place = len(opened.node.content)
            written = self._write(opened.node, opened.place, vectors, count)
            opened.place += written
        self._memory.write_int(done, written)

    def _take_message(self, descriptor: int, message: bytes) -> None:
        """Keep the answer and the first complaints; whatever else the guest prints is dropped."""
        if descriptor == CHECKPOINT:
            self._at_checkpoint()
        elif descriptor == COMPLAINTS:
            self.complaints += message[: MOST_COMPLAINTS - len(self.complaints)]
        elif self.answer is None and self.password and message.startswith(self.password):
            self.answer = message.removeprefix(self.password)

    def _gather(self, vectors: int, count: int, most: int) -> bytes:
        pieces = self._memory.read_vectors(vectors, count)
        if sum(size for _, size in pieces) > most:
            raise Refused(NOSPC)
        self._charge_bytes(sum(size for _, size in pieces))
        return b"".join(self._memory.read(place, size) for place, size in pieces)

    def _fd_pwrite(self, descriptor: int, vectors: int, count: int, offset: int, done: int) -> None:
        node = self.files.opened(descriptor, FILE).node
        self._memory.write_int(done, self._write(node, offset, vectors, count))

    def _write(self, node: Node, offset: int, vectors: int, count: int) -> int:
        data = self._gather(vectors, count, MOST_WRITTEN)
        self._charge_bytes(min(max(0, offset - len(node.content)), MOST_WRITTEN))
        self.files.write(node, offset, data, self.now())
        return len(data)

    def _fd_seek(self, descriptor: int, offset: int, whence: int, place: int) -> None:
        if descriptor in STREAMS:
            raise Refused(SPIPE)
        opened = self.files.opened(descriptor)
        signed = offset - (1 << 64) if offset >> 63 else offset
        begins = (0, opened.place, len(opened.node.content))
        if whence >= len(begins) or not 0 <= signed + begins[whence] < 1 << 62:
            raise Refused(INVAL)
        opened.place = signed + begins[whence]
        self._memory.write_long(place, opened.place)

    def _fd_tell(self, descriptor: int, place: int) -> None:
        self._memory.write_long(place, self.files.opened(descriptor, FILE).place)

    def _fd_readdir(self, descriptor: int, place: int, size: int, cookie: int, used: int) -> None:
        folder = self.files.opened(descriptor, FOLDER).node
        entries = [(".", folder), ("..", folder), *sorted(folder.names.items())]
        self._charge_bytes(len(entries))
        out = bytearray()
        for i in range(cookie, len(entries)):
            name, node = entries[i]
            raw = name.encode("utf-8", "surrogateescape")
            out += struct.pack("<QQIB3x", i + 1, node.number, len(raw), node.kind) + raw
            if len(out) >= size:
                break
        self._memory.write(place, bytes(out[:size]))
        self._memory.write_int(used, min(len(out), size))

    # --- paths

    def _spot(self, descriptor: int, place: int, size: int, *, follow: bool = False) -> Spot:
        return self.files.walk(descriptor, self._memory.read_path(place, size), follow=follow)

    def _found(self, descriptor: int, place: int, size: int, *, follow: bool = False) -> Node:
        node = self._spot(descriptor, place, size, follow=follow).node
        if node is None:
            raise Refused(NOENT)
        return node

    def _path_open(self, descriptor: int, lookup: int, place: int, size: int, *rest: int) -> None:
        how, _rights, _inheriting, flags, result = rest
        spot = self._spot(descriptor, place, size, follow=bool(lookup & FOLLOW))
        if spot.node is not None and how & EXCLUSIVE:
            raise Refused(EXISTS)
        if spot.node is None and not how & CREATE:
            raise Refused(NOENT)
        node = spot.node or self.files.create(spot, FILE, self.now())
        if node.kind == LINK:
            raise Refused(LOOP)
        if how & ONLY_FOLDER and node.kind != FOLDER:
            raise Refused(NOTDIR)
        if how & TRUNCATE and node.kind == FILE:
            self.files.resize(node, 0)
            node.changed = self.now()
        self._memory.write_int(result, self.files.add_open(node, flags))

    def _path_filestat_get(self, fd: int, lookup: int, place: int, size: int, out: int) -> None:
        self._write_stat(self._found(fd, place, size, follow=bool(lookup & FOLLOW)), out)

    def _path_filestat_set_times(
        self, fd: int, lookup: int, place: int, size: int, *times: int
    ) -> None:
        _seen, changed, which = times
        node = self._found(fd, place, size, follow=bool(lookup & FOLLOW))
        node.changed = self.now() if which & TO_NOW else changed

    def _path_create_directory(self, descriptor: int, place: int, size: int) -> None:
        self.files.create(self._spot(descriptor, place, size), FOLDER, self.now())

    def _path_remove_directory(self, descriptor: int, place: int, size: int) -> None:
        self.files.remove(self._spot(descriptor, place, size), folder=True)

    def _path_unlink_file(self, descriptor: int, place: int, size: int) -> None:
        self.files.remove(self._spot(descriptor, place, size), folder=False)

    def _path_link(self, fd: int, lookup: int, place: int, size: int, *new: int) -> None:
        old = self._spot(fd, place, size, follow=bool(lookup & FOLLOW))
        self.files.link(old, self._spot(*new))

    def _path_rename(self, descriptor: int, place: int, size: int, *new: int) -> None:
        self.files.rename(self._spot(descriptor, place, size), self._spot(*new))

    def _path_symlink(self, place: int, size: int, *new: int) -> None:
        target = self._memory.read_path(place, size)
        self.files.create(self._spot(*new), LINK, self.now(), target)

    def _path_readlink(self, fd: int, place: int, size: int, out: int, *rest: int) -> None:
        room, used = rest
        node = self._found(fd, place, size)
        if node.kind != LINK:
            raise Refused(INVAL)
        raw = node.target.encode("utf-8", "surrogateescape")[:room]
        self._memory.write(out, raw)
        self._memory.write_int(used, len(raw))
