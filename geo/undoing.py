"""Going back to an earlier edition: decisions that make the accepted figures what they were, for a new edition.

Nothing is taken away: the decisions come on top of the others, and the edition that is made of them is a new one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from geo.errors import BadInput
from geo.model import Observation
from geo.store import Store


@dataclass(frozen=True, slots=True)
class Undone:
    """How many decisions were made, and the ids of figures that could not come back: their text has changed since."""

    decisions: int
    lost: tuple[str, ...]


def return_to_edition(store: Store, number: int, *, who: str) -> Undone:
    """Decide so that ``store.accepted()`` equals edition ``number``. Broken off half-way it can be run again.

    Raises ``NotFound`` where there is no such edition.
    """
    edition = store.edition(number)
    note = f"back to edition {edition.number}"
    wanted, now = by_document(store.observations(edition.number)), by_document(store.accepted())
    reviews = {overview.id: overview.review for overview in store.overview()}
    count, lost = 0, []
    for document in sorted(wanted.keys() | now.keys()):
        before, after = now[document], wanted[document]
        if before == after:
            continue
        if reviews.get(document) == "reject":
            store.decide_document(document, "hold", who=who, note=note)
            count += 1
        # A figure that nobody decided on counts only where its document is accepted as a whole.
        read = {reviewed.observation.id: reviewed for reviewed in store.readings(document)}
        for observation in after.values():
            if before.get(observation.id) == observation:
                continue
            try:
                bring_back(store, observation, read, who, note)
                count += 1
            except BadInput:
                lost.append(observation.id)
        for observation_id in before.keys() - after.keys():
            store.decide(document, observation_id, "reject", who=who, note=note)
            count += 1
    return Undone(count, tuple(sorted(lost)))


def bring_back(store: Store, observation: Observation, read: dict, who: str, note: str) -> None:
    """Accept the machine's figure where it is the same, else decide for the figure as it was."""
    known = read.get(observation.id)
    if known is not None and known.machine == observation:
        store.decide(observation.document, observation.id, "accept", who=who, note=note)
    else:
        action = "correct" if known is not None else "add"
        store.decide(observation.document, observation.id, action, who=who, observation=observation, note=note)


def by_document(observations: list[Observation]) -> defaultdict[str, dict[str, Observation]]:
    """Figures by document and id."""
    found: defaultdict[str, dict[str, Observation]] = defaultdict(dict)
    for observation in observations:
        found[observation.document][observation.id] = observation
    return found
