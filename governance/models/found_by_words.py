"""How a page is found: each text that is searched stands in the index as it is, and once more as folded words."""

from typing import Any

from wagtail.search import index

from governance.words import words_of


class FoldedField(index.SearchField):
    """A searched field as folded words.

    The two databases part and fold words in ways of their own: one keeps accents, one reads `2026-27` as a negative number.
    Of folded words, parted by spaces, both make the same.
    """

    def get_value(self, obj: Any) -> str:
        """The words of the field, parted by spaces."""
        return self.folded(super().get_value(obj))

    @staticmethod
    def folded(value: Any) -> str:
        """The words of a value that the field holds."""
        return " ".join(words_of(" ".join(map(str, value)) if isinstance(value, list) else str(value or "")))


class FoundByWords:
    """A page whose every searched text is found whether accents and marks are typed or not."""

    @classmethod
    def get_search_fields(cls) -> list[Any]:
        """The fields of the class, and those that are searched once more as folded words."""
        fields = super().get_search_fields()  # type: ignore[misc]
        searched = [field for field in fields if type(field) is index.SearchField]
        return [*fields, *(FoldedField(field.field_name, boost=field.boost) for field in searched)]
