"""What becomes of a document that an editor brings: pasted, uploaded or fetched."""

import html
import io
import re
import zipfile

import pytest
from small_atlas import HOSTILE

from webapp.uploads import safe_name, text_file


def test_a_pasted_text_is_read_by_a_process_of_its_own_and_waits(editor, own_store):
    before = own_store.accepted()
    text = "Түркістан облысында 2025 жылы халықтың 85,5 пайызы табиғи газбен қамтылды.\n" + HOSTILE
    answer = editor.post("/editor/documents", how="text", text=text, title=HOSTILE, date="2025-10-28")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    where = editor.wait_for(answer.headers["Location"]).headers["Location"]
    (document,) = [d for d in own_store.documents() if d.title == " ".join(HOSTILE.split())[:300]]
    assert document.id in where
    assert str(document.date) == "2025-10-28"
    figures = [reviewed.observation for reviewed in own_store.readings(document.id)]
    assert ("gas.population_share", 85.5, ("KZ-61",)) in [(o.indicator, o.value, o.regions) for o in figures]
    assert own_store.accepted() == before
    assert editor.get(where).status_code == 200
    again = editor.post("/editor/documents", how="text", text=text, title=HOSTILE, date="2025-10-28")
    assert editor.wait_for(again.headers["Location"]).headers["Location"].endswith("came=known")


def docx_bytes(text):
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


def entities():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>')
    return out.getvalue()


SENTENCE = "Жамбыл облысында 2025 жылы 120 ауыл интернетпен қамтылды."


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.docx", docx_bytes(SENTENCE), None),
        ("../../etc/passwd.txt", SENTENCE.encode(), None),
        ("..\\..\\evil\x00name<img>.html", f"<html><body><p>{SENTENCE}</p></body></html>".encode(), None),
        ("b.docx", bomb(), "unpacks"),
        ("c.docx", entities(), "entities"),
        ("d.pdf", b"%PDF-1.7 broken", "damaged"),
        ("e.txt", b"\x00\x01\x02" * 50, "of a kind that is not read|letters of this file"),
        ("f.txt", b"   ", "empty"),
    ],
    ids=["docx", "path in the name", "odd name", "zip bomb", "entities", "broken pdf", "binary", "empty"],
)
def test_uploads_are_read_or_refused_and_never_leave_their_folder(editor, own_store, own_atlas, name, data, refusal):
    known = {document.id for document in own_store.documents()}
    editor.get("/editor?lang=en")
    answer = editor.post("/editor/documents", how="file", file=(io.BytesIO(data), name))
    assert answer.status_code == 303
    answer = editor.wait_for(answer.headers["Location"])
    new = [document for document in own_store.documents() if document.id not in known]
    if refusal:
        assert new == []
        assert re.search(refusal, editor.page)
        assert str(own_atlas[0].data) not in editor.page
    else:
        assert len(new) == 1
        assert "/" not in new[0].id
        assert SENTENCE[:20] in new[0].text
    assert not list((own_atlas[0].data / "jobs").glob("*/source/*"))


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "fields",
    [
        {"how": "text", "text": "  "},
        {"how": "text", "text": "x", "date": "soon"},
        {"how": "text", "text": "x", "language": "de"},
        {"how": "file"},
        {"how": "file", "file": (io.BytesIO(b"x"), "a.exe")},
        {"how": "file", "file": (io.BytesIO(b"x"), "txt")},
        {"how": "address", "address": "file:///etc/passwd"},
        {"how": "address", "address": "javascript:alert(1)"},
        {"how": "other"},
    ],
    ids=["empty", "date", "language", "no file", "a program", "no suffix", "a path", "a script", "no such way"],
)
def test_what_cannot_be_read_is_told_before_anything_is_started(editor, own_atlas, fields):
    answer = editor.post("/editor/documents", **fields)
    assert answer.status_code == 400
    assert not (own_atlas[0].data / "jobs").exists()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/", "http://[::1]/", "http://169.254.169.254/latest/"])
def test_no_address_of_this_machine_is_fetched(editor, own_store, address):
    known = own_store.documents()
    editor.get("/editor?lang=en")
    answer = editor.post("/editor/documents", how="address", address=address)
    editor.wait_for(answer.headers["Location"])
    assert "not a public web address" in editor.page
    assert own_store.documents() == known


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_text_that_says_the_same_is_named(editor, own_store):
    words = " ".join(f"сөз{number}" for number in range(200))
    first = editor.post("/editor/documents", how="text", text=words, title="Бірінші")
    editor.wait_for(first.headers["Location"])
    second = editor.post("/editor/documents", how="text", text=words + " соңы.", title="Екінші")
    editor.wait_for(second.headers["Location"])
    (former,) = [document.id for document in own_store.documents() if document.title == "Бірінші"]
    assert former in html.unescape(editor.page)


def test_names_of_uploads():
    assert safe_name("../../etc/passwd.txt") == "passwd.txt"
    assert safe_name("C:\\dir\\Мақала (1).DOCX") == "Мақала-1.docx"
    assert safe_name("/....txt") == "document.txt"
    assert len(safe_name("a" * 500 + ".md")) < 120
    name, data = text_file({"text": "a\r\nb", "title": "x\n# url: evil", "publisher": ""})
    assert data.decode() == "# title: x # url: evil\n\na\nb"
    assert name.endswith(".txt")
