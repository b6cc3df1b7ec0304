"""The form on which an editor uploads a picture: one that cannot be shown whole is refused there, not when a page shows it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.images.forms import BaseImageForm

from PIL import Image

DAMAGED = _("This picture is damaged: its file breaks off. Save it again, then upload it.")
UNREADABLE = (OSError, SyntaxError, Image.DecompressionBombError)
"""What Pillow says of a file that is no whole picture."""


class PictureForm(BaseImageForm):
    """A picture with its title."""

    def full_clean(self) -> None:
        """Everything that is checked; a file that not even its size can be read from is one more error of the form."""
        try:
            super().full_clean()
        except UNREADABLE:
            self.add_error("file", DAMAGED)

    def clean_file(self) -> Any:
        """The file, if the whole of it is a picture.

        Raises:
            ValidationError: it breaks off.
        """
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            self._read_whole(file)
        return file

    @staticmethod
    def _read_whole(file: Any) -> None:
        file.seek(0)
        try:
            with Image.open(file) as picture:
                picture.load()
        except UNREADABLE as damage:
            raise ValidationError(DAMAGED) from damage
        finally:
            file.seek(0)
