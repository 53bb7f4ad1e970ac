"""A report that several benches share: each keeps its own part up to date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.report import READING

_PART = re.compile(r"^<!-- part: (\w+) -->\n(.*?)(?=^<!-- )", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class SharedPage:
    """What stands above and below the parts."""

    name: str
    title: str
    about: str

    def write(self, folder: Path, parts: Mapping[str, str], order: Sequence[str]) -> str:
        """Write the page and return it; parts that were not measured now stay as they were."""
        path = folder / f"{self.name}.md"
        kept = self.read(path)
        kept.update(parts)
        lines = [f"# {self.title}\n\n{self.about}\n"]
        lines += [f"<!-- part: {name} -->\n{kept[name]}" for name in order if name in kept]
        lines.append(
            f"<!-- end -->\n## To repeat it\n\n    bin/bench {self.name}\n\n{READING}\n"
        )
        text = "\n".join(lines)
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return text

    @staticmethod
    def read(path: Path) -> dict[str, str]:
        """Return the parts of a page by their benches; none where there is no page yet."""
        if not path.exists():
            return {}
        found = _PART.findall(path.read_text(encoding="utf-8"))
        return {name: text.rstrip("\n") + "\n" for name, text in found}
