"""The exchange form of documents: folders on disk, read and written byte for byte."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from p2k2lms.core.errors import DomainError, Invalid
from p2k2lms.core.i18n import _
from p2k2lms.plugins.catalogue import paths
from p2k2lms.plugins.catalogue.values.draft import ContentFault
from p2k2lms.plugins.catalogue.values.media import MediaDef


class UnreadableFiles(DomainError):
    """Some files are neither text nor pictures; names each."""

    def __init__(self, faults: Iterable[ContentFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


def courses(manifests: Path) -> list[str]:
    """The ids of the courses that have a manifest in this folder."""
    return sorted(file.stem for file in manifests.glob("*.yaml"))


def read(course: str, manifests: Path, content: Path, keep: Callable[[bytes], MediaDef]) -> dict[str, str]:
    """The documents of a course by path; hidden files are left out, photos are handed to `keep`."""
    texts, faults = {}, []
    for path, file in _files(course, manifests, content):
        try:
            texts[path] = keep(file.read_bytes()).text if paths.is_photo(path) else _text(file)
        except Invalid as problem:
            faults.append(ContentFault(path, 1, "-", str(problem)))
        except ValueError:
            faults.append(ContentFault(path, 1, "-", _("bukan teks UTF-8")))
    if faults:
        raise UnreadableFiles(faults)
    return texts


def instruments(manifests: Path) -> dict[str, str]:
    """The instruments of evaluation by path."""
    return {paths.INSTRUMENTS + file.name: _text(file) for file in sorted((manifests / "instruments").glob("*.yaml"))}


def register(content: Path, kit: Path) -> dict[str, str]:
    """The register of sources as a document; that of `kit` where this content brings none, which may be empty."""
    try:
        file = of_kit(paths.REGISTER, content, kit)
        return {paths.REGISTER: _text(file) if file.is_file() else "{}\n"}
    except ValueError:
        raise UnreadableFiles([ContentFault(paths.REGISTER, 1, "-", _("bukan teks UTF-8"))]) from None


def of_kit(path: str, content: Path, kit: Path) -> Path:
    """The file of this content that all courses share, or that of `kit` where it brings none, as an export does."""
    name = path.removeprefix(paths.CONTENT)
    return content / name if (content / name).is_file() else kit / name


def _files(course: str, manifests: Path, content: Path) -> Iterator[tuple[str, Path]]:
    manifest = manifests / f"{course}.yaml"
    if manifest.is_file():
        yield paths.manifest(course), manifest
    folder = content / course
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield paths.folder(course) + inside.as_posix(), file


def _text(file: Path) -> str:
    text = file.read_bytes().decode("utf-8")
    if "\0" in text:
        raise ValueError
    return text


def write(contents: Mapping[str, bytes], root: Path) -> None:
    """Write each document below `root`, the same bytes that were read."""
    for path, content in contents.items():
        file = root / path
        if not file.resolve().is_relative_to(root.resolve()):
            raise ValueError(f"leads out of the folder: {path}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
