"""What went wrong, in the reader's language: one text a reason (``QamtuError.reason``), one a code where there is none.

The English message of the exception says the same and more, for terminals and programs; pages show it only where a
reason has no text here. Texts leave places open for the exception's details.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from geo.errors import QamtuError
from webapp.jobs import Job

Text = Callable[[], str]

REASONS: Mapping[str, Text] = {
    # fields of the editor's forms
    "no_number": lambda: _("«%(received)s» is no number. Write it in figures, such as 85,5 or 39 500 000."),
    "below_zero": lambda: _("«%(received)s» is below zero, which nothing here can be."),
    "no_share": lambda: _("«%(received)s» is no share in percent."),
    "range_order": lambda: _(
        "The range ends at %(received)s, which is not above its beginning. Give the larger number second."
    ),
    "no_time": lambda: _("«%(received)s» is no time. Write 2025, 2025-10 or 2025-10-28."),
    "time_order": lambda: _("The time ends before it begins (%(received)s). Give the earlier one first."),
    "no_date": lambda: _("«%(received)s» is no date. Write it as 2025-10-28."),
    "unknown_choice": lambda: _("«%(received)s» is not among what can be chosen. Choose one of the list."),
    "select_first": lambda: _("Select the words of the figure in the text first."),
    "words_not_there": lambda: _("«%(received)s» does not stand in the text. Write the words as they stand there."),
    "words_not_once": lambda: _("«%(received)s» stands in the text several times. Write more of the words around it."),
    "select_words": lambda: _("Select between one and %(most)s characters of the text."),
    "no_region": lambda: _("«%(received)s» is no region. Join codes such as KZ-61+KZ-33."),
    "place_unclear": lambda: _(
        "«%(received)s» does not name one place. Give a name or an id of the list, or tell below where a "
        "place lies that the list lacks."
    ),
    "place_needs_region": lambda: _("«%(name)s» needs the region or district it lies in. Choose one of the list."),
    "no_place_name": lambda: _(
        "«%(received)s» is no name of a place. Give up to %(most)s letters, digits, spaces and signs such as - « »."
    ),
    "no_figure": lambda: _("This document has no such figure any more. Open the document again."),
    # what is brought
    "no_file": lambda: _("No file came with the form. Choose a txt, md, html, docx or pdf file with text."),
    "text_empty": lambda: _("The text is empty. Paste the article, or choose a file."),
    "text_too_long": lambda: _("The text has %(received)s characters; up to %(most)s are read. Split it."),
    "file_empty": lambda: _("The file is empty. Give a file with text in it."),
    "file_too_large": lambda: _("The file is too large: up to %(most)s MB are read. Split it into parts."),
    "kind_not_read": lambda: _(
        "«%(received)s» is of a kind that is not read here. Give a txt, md, html, docx or pdf file with text."
    ),
    "not_what_it_says": lambda: _(
        "The name says %(received)s, the content is something else. Save the file anew in its own format."
    ),
    "encoding": lambda: _(
        "The letters of this file are not understood: neither UTF-8, UTF-16 nor windows-1251. Save it as UTF-8 text."
    ),
    "no_page": lambda: _("No page with text was found in this file. Paste the text instead."),
    "locked": lambda: _("This file is locked with a password. Give a copy without one."),
    "too_many_pages": lambda: _("The file has %(received)s pages; up to %(most)s are read. Split it."),
    "damaged": lambda: _("This file is damaged. Save it anew, or as txt."),
    "pdf_of_pictures": lambda: _("This PDF holds pictures of pages, no text. Run text recognition (OCR) first."),
    "unpacks_too_large": lambda: _("This file unpacks to more than %(most)s MB, which no document needs."),
    "entities": lambda: _("This file declares XML entities, which no document needs. Save it anew, or as txt."),
    # what is fetched
    "no_address": lambda: _("«%(received)s» is no web address. Give one such as https://example.kz/news/1."),
    "address_with_password": lambda: _("An address with a name and password is not fetched. Paste the text instead."),
    "not_public": lambda: _(
        "%(received)s is not a public web address. Only pages on the open web are fetched; paste the text or "
        "upload the file instead."
    ),
    "name_not_found": lambda: _(
        "The name %(received)s cannot be found. Check the spelling, or paste the text instead."
    ),
    "page_answers": lambda: _(
        "The page answered %(received)s instead of its text. Check that it opens, or paste the text instead."
    ),
    "page_too_slow": lambda: _("The page took too long. Try again later, or paste the text instead."),
    "page_not_fetched": lambda: _("The page could not be fetched. Check that it opens, or paste the text instead."),
    "page_too_large": lambda: _("The page is larger than %(most)s MB. Upload only the part with the figures."),
    "too_many_redirects": lambda: _(
        "The address leads on more than %(most)s times. Give the final address of the page itself."
    ),
    # work that goes on by itself
    "jobs_wait": lambda: _("%(most)s jobs wait already. Try again when they are done."),
    "no_job": lambda: _("There is no such job here. It may be over for more than a week."),
    "too_much_memory": lambda: _("The document needs more memory than one may take. Split it into parts."),
    "too_slow": lambda: _("The work took too long and was ended. Split the document into parts."),
    "broken_off": lambda: _("The work was broken off. Nothing is half-done; start it again."),
    # rights and limits
    "editors_only": lambda: _("This is for editors. Sign in with the editor's token."),
    "form_too_old": lambda: _(
        "This form is too old or did not come from this site, so nothing was changed. Open the page again and "
        "send it from there; cookies must be allowed."
    ),
    "too_often": lambda: _("Too many in a short time. Try again in %(retry_after)s seconds."),
    "note_empty": lambda: _("The note is empty. Say in a few words what is wrong with the figure."),
    "note_too_long": lambda: _("The note has %(received)s characters; up to %(most)s are kept. Shorten it."),
    "notes_full": lambda: _("More notes wait than can be read. Write to the editors instead."),
    "no_short_link": lambda: _("This is no short link of ours. Search for a place or an indicator, or open the map."),
}
CODES: Mapping[str, Text] = {
    "bad_document": lambda: _(
        "This document cannot be read. Give a text in Kazakh or Russian as txt, md, html, docx or pdf."
    ),
    "error": lambda: _("Something went wrong here, and it was noted. Nothing was changed."),
}


def said(error: QamtuError) -> str:
    """What went wrong, in the language of the request; in English where it has no text there."""
    return in_readers_language(error.code, error.reason, error.details) or error.message


def in_readers_language(code: str, reason: str, details: Mapping[str, object]) -> str:
    """The text of a reason, else of a code, in the language of the request; "" where neither has one."""
    text = REASONS.get(reason) or CODES.get(code)
    if text is None:
        return ""
    try:
        return text() % {key: as_text(value) for key, value in details.items()}
    except KeyError:  # raised without what its text needs: the message of the exception has it
        return ""


def failure_words(job: Job) -> str:
    """Why a job failed, in the reader's language."""
    error = job.error
    return in_readers_language(error.get("code", ""), error.get("reason", ""), error.get("details", {})) or job.message


def as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
