"""Layers of uploaded papers (optional content, ISO 32000-1, 8.11): what a paper does not show, the pack does not show either."""

from pikepdf import Array, Dictionary, Object, Pdf, String


class LayerJoin:
    """The layers of all sources, each shown or hidden as in its own paper."""

    def __init__(self, pack: Pdf) -> None:
        """Start without layers."""
        self._pack = pack
        self._groups: list[Object] = []
        self._hidden: list[Object] = []

    def add(self, source: Pdf) -> None:
        """Take over the layers of a source whose pages are already in the pack."""
        layers = self._pack.copy_foreign(source.make_indirect(source.Root.OCProperties))
        groups = list(layers.get("/OCGs", []))
        usual = layers.get("/D") or Dictionary()
        shown = {group.objgen for group in usual.get("/ON", [])}
        hidden = {group.objgen for group in usual.get("/OFF", [])}
        if usual.get("/BaseState") == "/OFF":
            hidden |= {group.objgen for group in groups} - shown
        self._groups += groups
        self._hidden += [group for group in groups if group.objgen in hidden]

    def finish(self) -> None:
        """Give the pack the layers. They are locked: a pack is read as it was issued."""
        if self._groups:
            usual = Dictionary(Name=String("As issued"), OFF=Array(self._hidden), Locked=Array(self._groups))
            self._pack.Root.OCProperties = Dictionary(OCGs=Array(self._groups), D=usual)
