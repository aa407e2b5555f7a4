"""READ: capture bytes as they came, and extract the article with its blocks, dates and missing embeds.

`fetch` goes from addresses to bytes; `captures` goes from files, folders, globs and standard input to bytes;
`extract` from bytes to an article; `load` reads a manifest of what the documents do not say themselves. What
cannot be read is a problem, never an exception.
"""

from onrecord.coverage.addresses import is_address
from onrecord.coverage.extract import EXTRACTOR, extract
from onrecord.coverage.fetching import Network, Visit, post
from onrecord.coverage.fields import FIELDS
from onrecord.coverage.limits import Limits
from onrecord.coverage.manifest import Manifest, ManifestRow, load
from onrecord.coverage.media import names_its_page
from onrecord.coverage.network import Memory, fetch
from onrecord.coverage.sources import captures

__all__ = [
    "EXTRACTOR",
    "FIELDS",
    "Limits",
    "Manifest",
    "ManifestRow",
    "Memory",
    "Network",
    "Visit",
    "captures",
    "extract",
    "fetch",
    "is_address",
    "load",
    "names_its_page",
    "post",
]
