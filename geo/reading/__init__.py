"""Reading: from the text of a document to observations, each with the sentence it was read in."""

from geo.reading.reader import Reading, Skipped, read_document

__all__ = ["Reading", "Skipped", "read_document"]
