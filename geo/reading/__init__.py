"""Reading: from the text of a document to observations, each with the sentence it was read in."""

from pathlib import Path

from geo.compiled import compiled_folder

if (_compiled := compiled_folder(Path(__file__).parent)) is not None:
    __path__.insert(0, str(_compiled))  # the same modules as machine code, found before those beside this file

from geo.reading.reader import Reading, Skipped, read_document

__all__ = ["Reading", "Skipped", "read_document"]
