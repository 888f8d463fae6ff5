"""What the slots that every storyline may use are filled from: dates and numbers.

People stand in deck/names.py. A storyline brings lists of its own for everything else (firms,
goods, amounts).
"""

from typing import Final

# The Mondays on which a deal's three weeks may begin. No public holiday of the desk's country is
# among the days of a deal or the Monday after them, because "the next working day" must be the one
# that the weekday suggests; and no date in the mail falls in May, whose name is a verb, too.
MONDAYS: Final = (
    "2026-01-26", "2026-02-02", "2026-02-09", "2026-06-22", "2026-06-29", "2026-07-06",
    "2026-07-13", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05",
    "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02",
)  # fmt: skip

# Each is drawn without repetition within a deal, so that no two stories in an inbox share one.
NUMBERS: Final = {
    "order": (
        57026, 57199, 57601, 57652, 57758, 58205, 58503, 58641, 58787, 59027, 59519, 59551,
        59598, 59730, 59918, 59970, 60151, 60656, 60826, 60854, 60883, 61213, 61354, 61477,
        61751, 61842, 62077, 62319, 62480, 62731, 63056, 63298, 63417, 63609, 63884, 64125,
        64370, 64592, 64731, 65018, 65263, 65487, 65702, 65939, 66141, 66385, 66590, 66827,
        67054, 67296, 67418, 67653, 67809, 68132, 68371, 68594, 68720, 69047, 69283, 69415,
        69768, 70455, 70560, 70878, 71297, 71626, 71696, 71770, 72021, 72452, 72781, 72835,
        73341, 73531, 73843, 74121, 74198, 75113, 75964, 76069, 76209, 76488, 76684, 76809,
    ),
    "po": (
        41257, 41389, 41602, 41735, 41968, 42094, 42316, 42573, 42701, 42856, 43019, 43284,
        43467, 43658, 43792, 44031, 44275, 44490, 44617, 44853, 45026, 45391, 45578, 45714,
    ),
    "vacancy": (132, 137, 141, 146, 153, 158, 164, 169, 173, 178, 182, 187, 191, 196),
    "chamber": (1, 2, 3, 5, 9, 10, 11, 12, 13, 14, 15, 16),
    "dock": (1, 2, 4, 6, 7, 8, 9, 10, 12),
}  # fmt: skip
