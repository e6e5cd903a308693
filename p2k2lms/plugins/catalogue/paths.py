"""Where the documents of a course stand, on disk and in the database."""

import re

MANIFESTS = "courses/"
INSTRUMENTS = "courses/instruments/"
CONTENT = "modules_content/"
SESI = "_sesi.md"
ITEMS = "soal.yaml"
ARRIVED = "soal-masuk.yaml"
RUBRIC = "rubrik.yaml"
REGISTER = CONTENT + "_kit/sumber.yaml"
VOCABULARY = CONTENT + "_kit/kata.txt"
_STEP = re.compile(r"\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_SCENE = re.compile(r"adegan-[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")
_PICTURE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:svg|jpg|jpeg|png|webp)")
_PHOTO = re.compile(r".*\.(?:jpe?g|png|webp)", re.IGNORECASE)


def manifest(course: str) -> str:
    """The path of a course's manifest."""
    return f"{MANIFESTS}{course}.yaml"


def folder(course: str) -> str:
    """The folder that holds the sesi of a course."""
    return f"{CONTENT}{course}/"


def rubric(course: str) -> str:
    """The path of the behaviours that are observed in every sesi of a course."""
    return folder(course) + RUBRIC


def arrived(course: str) -> str:
    """The items that came from elsewhere and still lack what a course asks of them; never published."""
    return folder(course) + ARRIVED


def items(course: str, sesi: str) -> str:
    """The items of one sesi."""
    return f"{folder(course)}{sesi}/{ITEMS}"


def around(path: str) -> str:
    """The folder in which a document stands."""
    return path.rpartition("/")[0]


def is_step(path: str) -> bool:
    """True for the file of a langkah: `03-anak-meniru.md`."""
    return bool(_STEP.fullmatch(path.rpartition("/")[2]))


def is_scene(path: str) -> bool:
    """True for the file of a role-play scene: `adegan-ibu-diam.yaml`."""
    return bool(_SCENE.fullmatch(path.rpartition("/")[2]))


def is_photo(path: str) -> bool:
    """True for the file of a raster picture, whose document holds its hash."""
    return bool(_PHOTO.fullmatch(path))


def is_known(name: str) -> bool:
    """True for a file name that a sesi may hold."""
    return name in {SESI, ITEMS, RUBRIC} or any(form.fullmatch(name) for form in (_STEP, _SCENE, _PICTURE))


def is_sealed(path: str) -> bool:
    """True for documents that hold keys of the tests."""
    return path.endswith(("/" + ITEMS, "/" + ARRIVED))
