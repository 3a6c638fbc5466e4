"""The bytes of a file as plain text: text in four encodings, HTML, PDF and DOCX.

Everything that comes in is hostile: sizes are limited before and after unpacking, XML entities are refused, and a
file that cannot be read gives ``BadDocument`` with what came in, what is allowed and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from geo.errors import BadDocument

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 10_000_000
MAX_PAGES = 500

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
ALLOWED = "Allowed: txt, md, html, pdf with text, docx, up to 10 MB."

KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
# What a Cyrillic page in an eight-bit encoding is made of beside ASCII; anything else means another encoding.
CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
EIGHT_BIT_TEXT = frozenset(CYRILLIC_LETTERS + CYRILLIC_LETTERS.upper() + "«»–—№…“”„‘’•°±§\u00a0\u00ad")
OLD_DOCUMENT = b"\xd0\xcf\x11\xe0"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what the file itself says about it (keys: title, date, language, publisher, url)."""

    text: str
    facts: dict[str, str] = field(default_factory=dict)


def extract_text(data: bytes, filename: str) -> Extract:
    """The text of ``data``; the content decides the format, then the suffix of ``filename``.

    Plain text and Markdown come back character for character (line ends, byte order mark and all), so that offsets
    in the text are offsets in the file. Raises ``BadDocument``.
    """
    if len(data) > MAX_BYTES:
        raise BadDocument(
            f"{filename}: the file has {len(data) / 1e6:.1f} MB. {ALLOWED} Split it into parts.",
            reason="file_too_large",
            most=MAX_BYTES // 1_000_000,
        )
    if not data.strip():
        raise BadDocument(f"{filename}: the file is empty. Give a file with text in it.", reason="file_empty")
    reader = {"pdf": _read_pdf, "docx": _read_docx, "html": _read_html, "text": _read_plain}[_format_of(data, filename)]
    extract = reader(data, filename)
    if len(extract.text) > MAX_CHARACTERS:
        raise BadDocument(
            f"{filename}: holds more than {MAX_CHARACTERS:,} characters of text. Split it into parts.",
            reason="text_too_long",
            received=len(extract.text),
            most=MAX_CHARACTERS,
        )
    return extract


def _format_of(data: bytes, filename: str) -> str:
    suffix = "." + filename.rpartition(".")[2].lower() if "." in filename else ""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    unreadable = (
        "an older Word, Excel or PowerPoint file"
        if data.startswith(OLD_DOCUMENT)
        else "a picture"
        if data.startswith(PICTURES)
        else "an RTF file"
        if data.startswith(b"{\\rtf")
        else ""
    )
    if unreadable:
        raise BadDocument(
            f"{filename}: this is {unreadable}. {ALLOWED} Save it as docx or txt first.",
            reason="kind_not_read",
            received=filename,
            allowed=list(SUFFIXES),
        )
    if suffix in (".pdf", ".docx"):
        raise BadDocument(
            f"{filename}: the name says {suffix[1:]}, the content is something else. {ALLOWED}",
            reason="not_what_it_says",
            received=suffix[1:],
        )
    head = data[:1024].decode("latin-1").replace("\0", "").lstrip("\ufeffÿþï»¿ \t\r\n").lower()
    if suffix in (".html", ".htm") or head.startswith(("<!doctype html", "<html")):
        return "html"
    return "text"


# Text


def _read_plain(data: bytes, filename: str) -> Extract:
    return Extract(decode(data, filename))


def decode(data: bytes, filename: str) -> str:
    """``data`` as text, from UTF-8, UTF-16, windows-1251 or its Kazakh sister KZ-1048. Raises ``BadDocument``."""
    text = _decode_unicode(data)
    if text is None:
        text = _decode_eight_bit(data, filename)
    if _is_binary(text):
        raise BadDocument(
            f"{filename}: this is a binary file, not text. {ALLOWED}",
            reason="kind_not_read",
            received=filename,
            allowed=list(SUFFIXES),
        )
    return text


def _decode_unicode(data: bytes) -> str | None:
    for encoding in _unicode_encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unicode_encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    # Without a byte order mark UTF-16 shows by its zero (Latin, digits, spaces) or 0x04 (Cyrillic) high bytes.
    sample = data[:4000]
    even, odd = sample[::2], sample[1::2]
    if odd and sum(byte in (0, 4) for byte in odd) > 0.9 * len(odd):
        return ("utf-16-le",)
    if even and sum(byte in (0, 4) for byte in even) > 0.9 * len(even):
        return ("utf-16-be",)
    return ("utf-8",)


def _decode_eight_bit(data: bytes, filename: str) -> str:
    best, best_share = "", 0.0
    for encoding in ("cp1251", "kz1048"):
        text = data.decode(encoding, "replace")
        high = [letter for letter in text if ord(letter) > 127]
        share = sum(letter in EIGHT_BIT_TEXT or letter in KAZAKH_LETTERS for letter in high) / max(len(high), 1)
        if share > best_share:
            best, best_share = text, share
    if best_share < 0.95 or _has_swapped_case(best):
        raise BadDocument(
            f"{filename}: the encoding is not understood (neither UTF-8, UTF-16 nor windows-1251, or the file is "
            f"damaged). {ALLOWED} Save it as UTF-8 text.",
            reason="encoding",
        )
    return best


def _has_swapped_case(text: str) -> bool:
    """True where KOI8 or UTF-8 was read as windows-1251: capitals follow small letters again and again."""
    pairs = re.findall(r"(?=([Ѐ-ԯ])([Ѐ-ԯ]))", text[:100_000])
    jumps = sum(a.islower() and b.isupper() for a, b in pairs)
    capitals = sum(b.isupper() for _, b in pairs)
    # KOI8 comes out as capitals with a small letter before them in each sentence; a real page in capitals has none.
    return jumps > (0.004 if capitals > len(pairs) / 2 else 0.05) * len(pairs)


def _is_binary(text: str) -> bool:
    """A zero, or control characters again and again; one that strayed into a text does not make it binary."""
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f]", text))
    return "\0" in text or (controls > 2 and controls > 0.005 * len(text))


# HTML


def _read_html(data: bytes, filename: str) -> Extract:
    import lxml.etree
    import trafilatura

    page = _decode_html(data, filename)
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    tree = trafilatura.load_html(page)
    if tree is None:
        raise BadDocument(f"{filename}: no HTML page was found in it. {ALLOWED}", reason="no_page")
    facts = _facts_of_page(tree, page)
    try:
        text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True) or ""
    except (ValueError, TypeError, AttributeError, RecursionError, lxml.etree.LxmlError):
        text = ""  # a page that the article finder trips over is still read as a whole below
    if not text.strip():
        text = _whole_text(page)
    return Extract(clean(text), facts)


def _decode_html(data: bytes, filename: str) -> str:
    if (text := _decode_unicode(data)) is not None:
        return text
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.I)
    if named:
        try:
            return data.decode(named.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return _decode_eight_bit(data, filename)


def _facts_of_page(tree, page: str) -> dict[str, str]:
    """Title, date, language, site and address as the page's own head states them; its text is not guessed at."""
    meta = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and node.get("content"):
            meta.setdefault(key, node.get("content").strip())
    title = meta.get("og:title") or next((node.text_content().strip() for node in tree.iter("title")), "")
    in_script = re.search(r'"datePublished"\s*:\s*"([^"]{4,40})"', page)
    in_time = next((node.get("datetime") for node in tree.iter("time") if node.get("datetime")), "")
    links = {node.get("rel"): node.get("href") or "" for node in tree.iter("link")}
    found = {
        "title": " ".join(title.split())[:300],
        "date": meta.get("article:published_time")
        or meta.get("datepublished")
        or (in_script.group(1) if in_script else "")
        or in_time,
        "publisher": meta.get("og:site_name", ""),
        "url": meta.get("og:url") or links.get("canonical", ""),
        "language": (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower(),
    }
    return {key: value for key, value in found.items() if value}


def _whole_text(page: str) -> str:
    import lxml.html
    from lxml_html_clean import Cleaner

    tree = lxml.html.document_fromstring(page)
    cleaned = Cleaner(scripts=True, javascript=True, style=True, comments=True).clean_html(tree)
    for node in cleaned.iter("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "section", "article"):
        node.tail = "\n" + (node.tail or "")
    return re.sub(r"[ \t]*\n\s*", "\n", cleaned.text_content()).strip()


# PDF


def _read_pdf(data: bytes, filename: str) -> Extract:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument(
                f"{filename}: this PDF is locked with a password. Give a copy without one.", reason="locked"
            )
        if len(reader.pages) > MAX_PAGES:
            raise BadDocument(
                f"{filename}: has {len(reader.pages)} pages; up to {MAX_PAGES} are read. Split it.",
                reason="too_many_pages",
                received=len(reader.pages),
                most=MAX_PAGES,
            )
        pages, size = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            size += len(pages[-1])
            if size > MAX_CHARACTERS:
                raise BadDocument(
                    f"{filename}: holds more text than is read at once. Split it into parts.",
                    reason="text_too_long",
                    received=size,
                    most=MAX_CHARACTERS,
                )
        title = str((reader.metadata or {}).get("/Title") or "").strip()
    except BadDocument:
        raise
    except Exception as error:  # a broken PDF makes the parser raise nearly anything
        raise BadDocument(
            f"{filename}: this PDF is damaged ({type(error).__name__}). Save it anew or as txt.", reason="damaged"
        ) from error
    text = clean("\n\n".join(pages))
    if not text.strip():
        raise BadDocument(
            f"{filename}: this PDF holds pictures of pages, no text. Run text recognition (OCR) first.",
            reason="pdf_of_pictures",
        )
    return Extract(text, {"title": clean(title)} if title else {})


# DOCX


def _read_docx(data: bytes, filename: str) -> Extract:
    import docx
    from docx.table import Table

    _guard_zip(data, filename)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
        title = document.core_properties.title or ""
    except Exception as error:  # a broken package makes the parser raise nearly anything
        raise BadDocument(
            f"{filename}: this is no readable Word document ({type(error).__name__}). {ALLOWED} Save it as docx anew.",
            reason="damaged",
        ) from error
    return Extract(clean("\n".join(lines)), {"title": clean(title)} if title else {})


def _guard_zip(data: bytes, filename: str) -> None:
    """Refuse archives that unpack to too much, and XML parts that declare entities, before they are unpacked."""
    import defusedxml.ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise BadDocument(
                    f"{filename}: this is an archive or another Office file, no docx. {ALLOWED}",
                    reason="kind_not_read",
                    received=filename,
                    allowed=list(SUFFIXES),
                )
            if len(parts) > 2000 or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                limit = MAX_UNPACKED_BYTES // 2**20
                raise BadDocument(
                    f"{filename}: unpacks to more than {limit} MB, which no document needs. {ALLOWED}",
                    reason="unpacks_too_large",
                    most=limit,
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    defusedxml.ElementTree.fromstring(archive.read(part), forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadDocument(
            f"{filename}: declares XML entities, which no document needs. {ALLOWED}", reason="entities"
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, SyntaxError, ValueError, OSError, EOFError) as error:
        raise BadDocument(
            f"{filename}: this docx is damaged or locked. Save it anew without a password.", reason="damaged"
        ) from error
    except BadDocument:
        raise
    except Exception as error:  # zlib.error and its like have no common base
        raise BadDocument(
            f"{filename}: this docx is damaged ({type(error).__name__}). Save it anew.", reason="damaged"
        ) from error


def clean(text: str) -> str:
    """Text taken out of a container without control characters and half surrogate pairs (one for one, no shifts)."""
    return re.sub(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", text)
