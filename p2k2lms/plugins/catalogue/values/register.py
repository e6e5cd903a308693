"""The register of sources: what the short names in the `sources` of a card stand for."""

from p2k2lms.plugins.catalogue.values.shape import Shape, Text


class SourceDef(Shape):
    """One source; `periksa` says that it is no official publication, so that somebody should look for one."""

    judul: Text
    alamat: str = ""
    periksa: bool = False

    def __str__(self) -> str:
        return f"{self.judul} ({self.alamat})" if self.alamat else self.judul
