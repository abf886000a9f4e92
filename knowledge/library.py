"""Reads the content folders into one Library; collects every problem instead of stopping at the first."""
# INTERFACE (to be filled in by the content work):
#
# class ContentError(Exception): problems: tuple[str, ...]  each "file: field: what to do"
# @dataclass(frozen=True) class Library:
#     version: str                      # short hash of the content
#     microsoft: MaturityModel; google: MaturityModel
#     practices: Mapping[str, Practice] # in the order of the sheet: M by level then P,C,R,A; then G1, G2; then X
#     facts: Mapping[str, Fact]; target: TargetRules; thresholds: Thresholds
#     capabilities: Mapping[str, Capability]; tools: Mapping[str, Tool]; sources: Mapping[str, Source]
#     def cell(self, dimension: DimensionKey, level: int) -> tuple[Practice, ...]
#     def google_cell(self, level: int) -> tuple[Practice, ...]
#     def asked(self) -> tuple[Practice, ...]   # the 66 practices asked (no same_as)
# def load_library(root: Path | None = None, overlay: Path | None = None) -> Library
