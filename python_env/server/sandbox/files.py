"""The guest's file system: folders, files and links in memory, with a limit on each.

Nothing here touches a file of the host. A path is walked name by name from an open folder and never
leaves the root, whatever links and `..` it holds. What a call refuses is a `Refused` with the error
number of WASI preview 1.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

BADF: Final = 8
EXIST: Final = 20
FBIG: Final = 22
INVAL: Final = 28
ISDIR: Final = 31
LOOP: Final = 32
MFILE: Final = 33
NAMETOOLONG: Final = 37
NOENT: Final = 44
NOSPC: Final = 51
NOTDIR: Final = 54
NOTEMPTY: Final = 55
NOTSUP: Final = 58
PERM: Final = 63
SPIPE: Final = 70
NOTCAPABLE: Final = 76

FOLDER: Final = 3
FILE: Final = 4
LINK: Final = 7
Kind = Literal[3, 4, 7]

MOST_BYTES: Final = 4 << 20
MOST_NODES: Final = 2_000
MOST_OPEN: Final = 64
MOST_LINKS: Final = 16
LONGEST_PATH: Final = 1024
FIRST_FREE: Final = 4  # 0-2 are the standard streams, 3 is the root


class Refused(Exception):  # noqa: N818 - an error number for the guest, not an error of ours
    """A call of the guest that gets an error number for an answer."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(eq=False)
class Node:
    """One file, folder or link."""

    kind: Kind
    number: int
    changed: int
    target: str = ""
    content: bytearray = field(default_factory=bytearray)
    names: dict[str, "Node"] = field(default_factory=dict)


@dataclass(eq=False)
class OpenFile:
    """What a file descriptor stands for."""

    node: Node
    place: int = 0
    flags: int = 0


@dataclass(frozen=True)
class Spot:
    """Where a path leads: the folder, the last name, what is there, and the folders above."""

    folder: Node
    name: str
    node: Node | None
    trail: tuple[Node, ...] = ()


class FileSystem:
    """A tree of nodes and the table of open files."""

    def __init__(self, begin: int) -> None:
        self.root = Node(FOLDER, 1, begin)
        self.open_files: dict[int, OpenFile] = {3: OpenFile(self.root)}
        self._bytes = 0
        self._nodes = 1

    def opened(self, descriptor: int, kind: Kind | None = None) -> OpenFile:
        """Return an open file, which must be of this kind if one is named."""
        found = self.open_files.get(descriptor)
        if found is None:
            raise Refused(BADF)
        if kind is not None and found.node.kind != kind:
            raise Refused(NOTDIR if kind == FOLDER else ISDIR)
        return found

    def add_open(self, node: Node, flags: int) -> int:
        """Give a node the lowest free descriptor."""
        for descriptor in range(FIRST_FREE, FIRST_FREE + MOST_OPEN):
            if descriptor not in self.open_files:
                self.open_files[descriptor] = OpenFile(node, 0, flags)
                return descriptor
        raise Refused(MFILE)

    def close(self, descriptor: int) -> None:
        """Forget an open file."""
        self.opened(descriptor)
        del self.open_files[descriptor]

    def walk(self, descriptor: int, path: str, *, follow: bool) -> Spot:
        """Follow a path from an open folder; the last name need not exist.

        Args:
            descriptor: The open folder, which is the root in all that CPython asks.
            path: A relative path.
            follow: Whether a link under the last name is followed too.

        Returns:
            Where the path leads.

        Raises:
            Refused: The path leaves the root, loops, or goes through what is no folder.
        """
        if path.startswith("/"):
            raise Refused(NOTCAPABLE)
        trail, links = [self.opened(descriptor, FOLDER).node], 0
        ahead = path.split("/")[::-1]
        while ahead:
            name = ahead.pop()
            if name in ("", "."):
                continue
            if name == "..":
                if len(trail) == 1:
                    raise Refused(NOTCAPABLE)
                trail.pop()
                continue
            node = trail[-1].names.get(name)
            last = all(rest in ("", ".") for rest in ahead)
            if node is not None and node.kind == LINK and (follow or not last):
                links += 1
                if links > MOST_LINKS:
                    raise Refused(LOOP)
                if node.target.startswith("/"):
                    raise Refused(NOTCAPABLE)
                ahead += node.target.split("/")[::-1]
            elif last:
                return Spot(trail[-1], name, node, tuple(trail))
            else:
                trail.append(_folder(node))
        return Spot(trail[-1], ".", trail[-1], tuple(trail))

    def create(self, spot: Spot, kind: Kind, now: int, target: str = "") -> Node:
        """Put a new node where nothing is."""
        if spot.node is not None:
            raise Refused(EXIST)
        if self._nodes >= MOST_NODES:
            raise Refused(NOSPC)
        self._nodes += 1
        node = Node(kind, self._nodes, now, target)
        spot.folder.names[spot.name] = node
        return node

    def write(self, node: Node, place: int, data: bytes, now: int) -> None:
        """Write into a file; a gap before `place` is filled with zeros."""
        self.resize(node, max(len(node.content), place + len(data)))
        node.content[place : place + len(data)] = data
        node.changed = now

    def resize(self, node: Node, size: int) -> None:
        """Cut a file or fill it up with zeros, within what all files may hold together."""
        more = size - len(node.content)
        if more > MOST_BYTES - self._bytes:
            raise Refused(NOSPC)
        self._bytes += more
        if more > 0:
            node.content.extend(bytes(more))
        else:
            del node.content[size:]

    def link(self, old: Spot, new: Spot) -> None:
        """Give a file a second name."""
        if old.node is None:
            raise Refused(NOENT)
        if old.node.kind == FOLDER:
            raise Refused(PERM)
        if new.node is not None:
            raise Refused(EXIST)
        new.folder.names[new.name] = old.node

    def rename(self, old: Spot, new: Spot) -> None:
        """Move a node, over another one if they are of a kind."""
        if old.node is None:
            raise Refused(NOENT)
        if "." in (old.name, new.name) or old.node in new.trail:
            raise Refused(INVAL)
        if new.node is old.node:
            return
        if new.node is not None:
            self._refuse_to_replace(old.node, new.node)
        del old.folder.names[old.name]
        new.folder.names[new.name] = old.node

    @staticmethod
    def _refuse_to_replace(node: Node, other: Node) -> None:
        if other.kind == FOLDER and node.kind != FOLDER:
            raise Refused(ISDIR)
        if other.kind != FOLDER and node.kind == FOLDER:
            raise Refused(NOTDIR)
        if other.names:
            raise Refused(NOTEMPTY)

    def remove(self, spot: Spot, *, folder: bool) -> None:
        """Remove a name: of an empty folder if `folder`, else of a file or link."""
        if spot.node is None:
            raise Refused(NOENT)
        if spot.name == ".":
            raise Refused(INVAL)
        if folder and spot.node.kind != FOLDER:
            raise Refused(NOTDIR)
        if not folder and spot.node.kind == FOLDER:
            raise Refused(ISDIR)
        if spot.node.names:
            raise Refused(NOTEMPTY)
        del spot.folder.names[spot.name]


def _folder(node: Node | None) -> Node:
    if node is None:
        raise Refused(NOENT)
    if node.kind != FOLDER:
        raise Refused(NOTDIR)
    return node
