"""What the slots that every storyline may use are filled from: dates, people and numbers.

A storyline brings lists of its own for everything else (firms, goods, amounts). Nobody in these
lists is real.
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

# Any first name goes with any last name, so mail never calls a person from here he or she.
FIRST_NAMES: Final = tuple(
    """Adaeze Agnes Alasdair Anneke Anton Beatrix Bronwen Callum Carmel Cedric Chandra Cosmo
    Dagny Dariusz Delphine Desmond Dilys Edith Elif Emeka Ewan Fergal Femke Gareth Gideon Greta
    Hamish Hana Heloise Hugo Ingrid Isla Ivor Jarek Jemima Joost Kamala Kerstin Kwame Leopold
    Liesel Lorcan Magda Malik Maud Milos Morwenna Nadim Nerys Nuno Odette Olwen Oskar Petra
    Philippa Quentin Radha Ramona Rhys Rosalind Ruben Sanjay Saskia Selwyn Sinead Soren Tamsin
    Tariq Teodor Ulrika Verity Vikram Wilma Xanthe Yasmin Zoltan""".split()
)
LAST_NAMES: Final = tuple(
    """Abernathy Adeyemi Ainsley Ashdown Babington Balogh Barraclough Bastable Beckwith
    Birtwhistle Blenkinsop Borowski Bracegirdle Brightmore Calvert Cartmel Chaudhry Cleverley
    Coldstream Craddock Cruickshank Dalgliesh Danvers Dunstable Eccleston Elphick Entwistle
    Fairclough Featherstone Ferreira Fothergill Gaskarth Gilhooly Goldsworthy Grimshaw Halloran
    Hargreave Hathersage Heffernan Hollingbery Ibbotson Jankowski Kilbride Kowalczyk Lanyon
    Latchford Lindqvist Loxley Maddocks Mainwaring Mistry Molyneux Nettleship Oakeshott
    Okonjo Ormerod Pargeter Pemberton Penrose Pickersgill Quayle Ramsbottom Rigby Rosewarne
    Satterthwaite Scargill Shuttleworth Skelhorn Slingsby Tattersall Thackeray Threlfall
    Trelawney Tunnicliffe Umfreville Vasquez Waddington Wetherby Whittaker Wolstenholme
    Wraxall Yardley Zielinski""".split()
)

# Each is drawn without repetition within a deal, so that no two stories in an inbox share one.
NUMBERS: Final = {
    "order": (
        61842, 62077, 62319, 62480, 62731, 63056, 63298, 63417, 63609, 63884, 64125, 64370,
        64592, 64731, 65018, 65263, 65487, 65702, 65939, 66141, 66385, 66590, 66827, 67054,
        67296, 67418, 67653, 67809, 68132, 68371, 68594, 68720, 69047, 69283, 69415, 69768,
    ),
    "po": (
        41257, 41389, 41602, 41735, 41968, 42094, 42316, 42573, 42701, 42856, 43019, 43284,
        43467, 43658, 43792, 44031, 44275, 44490, 44617, 44853, 45026, 45391, 45578, 45714,
    ),
    "vacancy": (132, 137, 141, 146, 153, 158, 164, 169, 173, 178, 182, 187, 191, 196),
    "chamber": (1, 2, 3, 5, 9, 10, 11, 12, 13, 14, 15, 16),
    "dock": (1, 2, 4, 6, 7, 8, 9, 10, 12),
}  # fmt: skip
