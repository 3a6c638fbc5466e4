"""Loading: encodings, formats, metadata, dates, and what is refused; offsets are those of the file."""

import datetime as dt
import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.documents import document_from_bytes, document_from_text, documents_in, load_document
from geo.errors import BadDocument
from geo.formats import MAX_BYTES
from geo.model import Document

KAZAKH = "Ауданда биыл 12 ауылға газ құбыры жетті. Қалған үш ауылдың жобасы дайын, құрылысы көктемде басталады.\n"
RUSSIAN = "В районе в этом году подключили 12 сёл. Для оставшихся трёх готов проект, стройка начнётся весной.\n"


def refusal(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(BadDocument) as caught:
        document_from_bytes(data, name)
    return caught.value.message


def document_or_refusal(data: bytes, name: str) -> Document | str:
    try:
        return document_from_bytes(data, name)
    except BadDocument as error:
        return error.message


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"])
def test_kazakh_text_in_every_encoding(encoding):
    document = document_from_bytes(KAZAKH.encode(encoding), "a.txt")
    assert document.text[document.body_start :] == KAZAKH
    assert document.language == "kk"


def test_russian_text_in_windows_1251():
    document = document_from_bytes(RUSSIAN.encode("cp1251"), "a.txt")
    assert document.text == RUSSIAN
    assert document.language == "ru"


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "mac-cyrillic", "utf-32-le"])
def test_another_encoding_is_refused_and_told_apart(encoding):
    assert "a.txt" in refusal((RUSSIAN * 3).encode(encoding))


def test_damaged_utf8_is_not_taken_for_windows_1251():
    data = (RUSSIAN * 3).encode()
    assert "encoding" in refusal(data[:101] + b"\xff\xfe" + data[101:])


def test_a_mark_at_the_start_is_kept_so_that_offsets_are_the_file_s():
    data = KAZAKH.encode("utf-8-sig")
    document = document_from_bytes(data, "a.txt")
    assert document.text == data.decode("utf-8")
    assert document.body_start == 1


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n\t"), max_size=200))
def test_text_comes_back_as_it_stands(text):
    data = (text + " ауыл").encode()
    assert document_from_bytes(data, "a.txt").text == text + " ауыл"
    assert document_from_text(text + " ауыл").text == text + " ауыл"


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.md", "a"]))
def test_any_bytes_give_a_document_or_a_clear_refusal(data, name):
    outcome = document_or_refusal(data, name)
    if isinstance(outcome, str):
        assert name in outcome
    else:
        assert 0 <= outcome.body_start < len(outcome.text)
        outcome.text.encode()


@given(
    st.binary(max_size=300), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf"])
)
def test_a_known_beginning_with_anything_after_it(tail, head):
    outcome = document_or_refusal(head + tail, "upload")
    assert "upload" in (outcome if isinstance(outcome, str) else outcome.id)


# Metadata


def test_card_lines_are_metadata_and_keep_their_place():
    text = "# title: Су құбыры\r\n# date: 2025-03-04\r\n# url: https://example.kz/1 (seen)\r\n\r\n" + KAZAKH
    document = document_from_bytes(text.encode(), "a.txt")
    assert document.text == text
    assert document.text[document.body_start :] == KAZAKH
    assert (document.title, document.url) == ("Су құбыры", "https://example.kz/1")
    assert (document.date, document.date_basis) == (dt.date(2025, 3, 4), "stated")
    assert document.card["date"] == "2025-03-04"


def test_front_matter():
    text = f'---\ntitle: "Газ: есеп"\ndate: 2024-05-06\ntags:\n  - gas\n---\n\n{KAZAKH}'
    document = document_from_text(text)
    assert document.text[document.body_start :] == KAZAKH
    assert (document.title, document.date) == ("Газ: есеп", dt.date(2024, 5, 6))


@pytest.mark.parametrize("text", ["# Интернет: 200 ауыл\n" + KAZAKH, "---\n" + KAZAKH, "#hashtag: 5\n" + KAZAKH])
def test_headings_rules_and_hashtags_are_text(text):
    document = document_from_text(text, name="a.md")
    assert (document.body_start, document.card) == (0, {})


def test_a_bulletin_tells_what_it_restates_and_how_its_date_is_known():
    text = "# title: А\n# source_title: Б\n# date: 2022\n# date_basis: inferred\n\n" + KAZAKH
    document = document_from_text(text, name="zhetysu-2022.txt")
    assert (document.id, document.kind, document.date_basis) == ("zhetysu-2022", "bulletin", "inferred")
    assert document.date == dt.date(2022, 1, 1)


def test_only_web_addresses_are_kept():
    assert document_from_text("# url: javascript:alert(1)\n\n" + KAZAKH).url == ""


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\passwd", "/etc/passwd"])
def test_a_name_is_never_a_path(name):
    assert document_from_text(KAZAKH, name=name).id == "passwd"


def test_two_pasted_texts_never_share_an_id():
    assert document_from_text(KAZAKH).id != document_from_text(RUSSIAN).id
    assert document_from_text(KAZAKH).id == document_from_text(KAZAKH).id


@given(st.text(max_size=80))
def test_any_name_gives_an_id_without_separators(name):
    made = document_from_text(KAZAKH, name=name).id
    assert made.strip(". ")
    assert not set(made) & set("/\\\0\n\r%?#")


def test_checksum_is_that_of_the_bytes():
    data = RUSSIAN.encode("cp1251")
    assert document_from_bytes(data, "a.txt").checksum == hashlib.sha256(data).hexdigest()


def test_what_the_user_says_wins():
    document = document_from_text("# date: 2020-01-01\n\n" + KAZAKH, date=dt.date(2025, 1, 1), language="ru")
    assert (document.date, document.date_basis, document.language) == (dt.date(2025, 1, 1), "given", "ru")


# Formats

PAGE = """<!doctype html><html lang="kk"><head><title>Газ келді — Хабар</title>
<meta property="og:title" content="Газ келді"><meta property="og:site_name" content="Хабар">
<meta property="article:published_time" content="2025-10-28T09:00:00+05:00"></head>
<body><nav>Басты бет</nav><script>var a = "12 345 ауыл"</script><article><h1>Газ келді</h1>
<p>{0}</p><p>{0}</p></article></body></html>"""


def test_html_gives_the_article_and_what_its_head_states():
    document = document_from_bytes(PAGE.format(KAZAKH * 3).encode(), "a.html")
    assert "12 ауылға газ" in document.text
    assert "12 345" not in document.text
    assert (document.title, document.publisher, document.language) == ("Газ келді", "Хабар", "kk")
    assert document.date == dt.date(2025, 10, 28)


def test_html_by_content_and_with_its_own_charset():
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').format(RUSSIAN * 3)
    page = page.replace("Газ келді", "Газ пришёл")
    assert "подключили 12 сёл" in document_from_bytes(page.encode("cp1251"), "page").text


def test_a_page_with_a_kazakh_date_is_not_misread():
    page = f"<html><body><article><h1>Газ</h1><p>2025 жылғы 28 қазан</p><p>{KAZAKH * 3}</p></article></body></html>"
    assert document_from_bytes(page.encode(), "a.html").date == dt.date(2025, 10, 28)


def word_file(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Газ", "85,5 %"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_docx_paragraphs_and_tables_in_their_order():
    document = document_from_bytes(word_file(KAZAKH.strip(), RUSSIAN.strip()), "a.docx")
    assert document.text == f"{KAZAKH}{RUSSIAN}Газ | 85,5 %"


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def test_a_docx_that_unpacks_without_end_is_refused():
    bomb = with_part(word_file("а"), "word/media/a.bin", b"\0" * (60 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert "unpacks" in refusal(bomb, "a.docx")


def test_entities_in_a_docx_are_refused():
    lol = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    assert "entities" in refusal(with_part(word_file("а"), "word/document.xml", lol), "a.docx")
    assert "entities" in refusal(
        with_part(word_file("а"), "word/document.xml", lol.decode().encode("utf-16")), "a.docx"
    )


def pdf_file(text: str) -> bytes:
    """A one-page PDF with a Latin text, made by hand."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def test_pdf_text():
    assert "Starlink in 53 schools" in document_from_bytes(pdf_file("Starlink in 53 schools"), "a.pdf").text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\r\n ", "a.txt", "empty"),
        (b"12 345\n67 %", "a.txt", "no letters"),
        (b"# title: only a card\n", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.txt", "a picture"),
        (bytes(range(256)) * 4, "a.txt", "a.txt"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", "older Word"),
        (b"{\\rtf1 text}", "a.rtf", "RTF"),
        (b"some text", "a.pdf", "something else"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (b"%PDF-1.4 broken", "a.pdf", "damaged"),
        (pdf_file(""), "a.pdf", "OCR"),
        (b"a" * (MAX_BYTES + 1), "a.txt", "10 MB"),
        (b"<html><body></body></html>", "a.html", "a.html"),
    ],
)
def test_refusals_say_what_came_and_what_is_allowed(data, name, words):
    message = refusal(data, name)
    assert words in message
    assert name in message


def test_documents_of_a_folder_at_any_depth_without_its_readme(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.TXT", "deep/a.md", "deep/er/c.docx", "README.md", "picture.png"):
        (tmp_path / name).write_text(KAZAKH, "utf-8")
    assert [path.name for path in documents_in(tmp_path)] == ["b.TXT", "a.md", "c.docx"]


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(BadDocument, match="no such file"):
        load_document(tmp_path / "missing.txt")
    with pytest.raises(BadDocument, match="folder"):
        load_document(tmp_path)
    with pytest.raises(BadDocument, match="Allowed: kk, ru"):
        document_from_text(KAZAKH, language="de")


def test_half_a_surrogate_pair_and_zero_bytes_in_pasted_text():
    document = document_from_text("ауыл \ud800 12")
    assert len(document.text) == 9
    document.text.encode()
    with pytest.raises(BadDocument, match="binary"):
        document_from_text("ауыл \0 12")


def test_a_folder_that_goes_while_it_is_walked_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "kept.txt").write_text("мәтін", "utf-8")
    scan = os.scandir

    def scan_late(path):
        if Path(path).name == "a":
            Path(path).rmdir()
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_late)
    assert [path.name for path in documents_in(tmp_path)] == ["kept.txt"]


def test_a_folder_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    scan = os.scandir

    def scan_allowed(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_allowed)
    with pytest.raises(BadDocument, match="shut: this folder may not be read"):
        documents_in(tmp_path)
