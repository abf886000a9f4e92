"""sqlite-utils, imported without numpy and pandas.

It imports them wherever they are installed, to store their numbers, of which there are none here; numpy comes along
with matplotlib, which only the drawing process needs. That costs the bot 10 MB and a quarter of its start.
"""

import sys

_hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]  # None makes an import fail, as Python documents
try:
    import sqlite_utils
finally:
    for _name in _hidden:
        del sys.modules[_name]

__all__ = ["sqlite_utils"]
