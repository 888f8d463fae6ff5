"""Names for the people whom mail invents, by where a family comes from.

They are what the post of a British haulage firm is signed with: plain, of ASCII letters, because
mailboxes are made of them, and none of them a word that mail uses, because graders match words.
Nobody here is real.
"""

from typing import Final, NamedTuple

# People who follow each other in a deal lie this far apart among all places: a prime near the
# golden section of their number, so that few people already come from many origins.
NAMES_STRIDE: Final = 211
# So many people of each origin bear a last name of the next one, as families mix.
MARRIED: Final = 2


class _Origin(NamedTuple):
    """First and last names that go together, as many of one as of the other."""

    first: tuple[str, ...]
    last: tuple[str, ...]


def _origin(first: str, last: str) -> _Origin:
    return _Origin(tuple(first.split()), tuple(last.split()))


ENGLISH: Final = _origin(
    """Alan Amanda Angela Ashley Benjamin Bernard Brenda Brian Carl Catherine
    Charles Cheryl Christine Christopher Colin Craig Daniel David Debbie Derek
    Diane Donna Dorothy Duncan Edith Eleanor Elizabeth Emily Francis Frederick
    Gary Geoffrey Geraldine Glenn Graham Hannah Harriet Hayley Howard Jacqueline
    Janet Jeanette Jeremy Jessica Jodie Jonathan Joyce Judith Julie Karen
    Katherine Keith Kerry Kevin Kirsty Lauren Leonard Leslie Linda Lisa
    Louise Lucy Malcolm Marion Matthew Melanie Michael Michelle Nicholas Nicola
    Nigel Oliver Pamela Paul Paula Philip Raymond Rebecca Richard Samantha
    Samuel Sandra Sharon Sheena Simon Sophie Stacey Stephen Susan Suzanne
    Terence Teresa Tina Tracey Trevor Vanessa Veronica Victoria Yvette Yvonne""",
    """Andrews Appleby Ashton Ashworth Atherton Atkinson Baldwin Bamford Bennett Benson
    Blackburn Bradley Braithwaite Brierley Butterworth Clarke Clifford Coulson Crawford Crompton
    Crossley Darlington Dawson Dewhurst Dixon Eastwood Ellison Entwistle Fawcett Gardiner
    Goodwin Greenhalgh Gregory Hampson Hardcastle Hargreaves Harrison Hartley Hawkins Haworth
    Haynes Hepworth Hewitt Hibbert Higgins Hodgkinson Hodgson Hopkins Horsfall Hutchinson
    Jeffries Jenkinson Jepson Kendall Kenyon Kershaw Langley Lawson Lockwood Lonsdale
    Marsden Mellor Metcalfe Mortimer Naylor Nicholson Norris Openshaw Osborne Pearson
    Peterson Ramsden Rawlinson Richardson Ridley Rogerson Rothwell Rowley Sanderson Saxton
    Seddon Sheppard Skelton Stanton Stevenson Sutton Taylor Thompson Thornton Townsend
    Tyldesley Unsworth Wadsworth Wakefield Walmsley Walton Watkins Whitworth Wilkinson Wilson""",
)
IRISH: Final = _origin(
    """Aidan Aoife Bernadette Brendan Bridget Caoimhe Cathal Ciara Ciaran Conor
    Darragh Declan Deirdre Dermot Diarmuid Eamon Eileen Eoin Fergal Finbar
    Gerald Gerard Kathleen Liam Lorcan Maeve Mairead Niamh Noreen Nuala
    Padraig Patrick Roisin Ronan Ruairi Seamus Sean Sinead Tadhg Teagan""",
    """Boyle Brannigan Buckley Byrne Carroll Cassidy Connolly Costello Delaney Doherty
    Donnelly Doyle Driscoll Farrell Fitzpatrick Flaherty Flynn Gallagher Hanlon Heffernan
    Hogan Kearney Kelly Maguire Mahoney McGrath McGuinness McLoughlin McNamara Moran
    Nolan Nugent Quinn Rafferty Regan Riordan Scanlon Sheehan Sweeney Walsh""",
)
SCOTTISH: Final = _origin(
    """Ailsa Alasdair Alistair Angus Catriona Douglas Eilidh Elspeth Ewan Fergus
    Fiona Fraser Gavin Gordon Hamish Iain Isla Kirstin Lachlan Lorna
    Magnus Mairi Mhairi Moira Morag Morven Rhona Shona Struan Stuart""",
    """Balfour Buchanan Cameron Campbell Carmichael Cunningham Dalgleish Drummond Ferguson Galbraith
    Gilchrist Guthrie Henderson Johnstone Lockhart MacDonald MacGregor Mackenzie Maclean MacLeod
    Moffat Morrison Munro Murray Ogilvie Paterson Rennie Robertson Sinclair Sutherland""",
)
WELSH: Final = _origin(
    """Alun Angharad Arwyn Bronwen Carys Catrin Dafydd Delyth Dewi Elin
    Emlyn Emrys Gethin Glenys Gwen Gwilym Gwyn Huw Ieuan Ifan
    Llinos Mair Megan Menna Nia Osian Owain Rhodri Rhys Sian""",
    """Bevan Beynon Bowen Cadogan Craddock Ellis Evans Gittins Gwilliam Havard
    Howells Hughes Humphreys Jenkins Jones Lewis Llewellyn Lloyd Maddocks Mathias
    Meredith Owen Powell Pritchard Probert Prosser Roberts Rowlands Thomas Vaughan""",
)
BENGALI: Final = _origin(
    """Abdur Arifa Badrul Farhana Habibur Jahanara Kabir Lutfur Mahmuda Mizanur
    Mosharraf Nazma Nurul Rashida Ruhel Runa Salim Shahana Shefali Taslima""",
    """Abedin Alam Badsha Bhuiyan Biswas Chowdhury Debnath Haldar Hoque Jalil
    Karim Khatun Miah Molla Noor Rahman Samad Sarker Sikdar Talukdar""",
)
CHINESE: Final = _origin(
    """Bao Haoran Jiayi Lanying Meiling Qiu Siyu Xiao Xiu Yuhan""",
    """Cao Chiu Deng Kwok Liang Qian Tian Wang Yao Zhang""",
)
GHANAIAN: Final = _origin(
    """Abena Adwoa Afua Akua Baffour Edem Ekow Elorm Esther Fiifi
    Kofi Kwabena Kwaku Kwamina Kwesi Mawuli Ophelia Selasi Sena Serwaa""",
    """Abban Addo Agyapong Akoto Amoako Anokye Arhin Asiedu Badu Boateng
    Danso Dwamena Frimpong Kwarteng Nkansah Ofosu Osei Peprah Quaye Tawiah""",
)
GREEK: Final = _origin(
    """Achilleas Aris Dimitris Fotini Katerina Lefteris Nikolaos Paraskevi Stavroula Vasiliki""",
    """Andreou Christou Evangelou Ioannou Kyprianou Markou Neophytou Pavlou Stavrou Theodorou""",
)
GUJARATI: Final = _origin(
    """Alpesh Anjali Bhavesh Chandrika Dilip Hetal Ishaan Kalpana Kavita Mahesh
    Minal Nalini Nilesh Paresh Pranav Raj Rekha Sanjay Sunita Vijay""",
    """Acharya Bhatt Chauhan Darji Gajjar Jadeja Kanani Ladwa Madhvani Mehta
    Pandya Parmar Patel Radia Raval Savani Soni Thakrar Upadhyay Vekaria""",
)
HUNGARIAN: Final = _origin(
    """Andras Balazs Edina Gyorgy Janos Katalin Laszlo Orsolya Szilvia Vilmos""",
    """Bakos Biro Farkas Fulop Horvath Kerekes Lengyel Nemeth Somogyi Szilagyi""",
)
IGBO: Final = _origin(
    """Adaeze Chiamaka Chika Chinonso Chukwudi Ifeoma Kelechi Nnamdi Ogechi Uche""",
    """Afam Anyanwu Ekwueme Ibe Mbadiwe Nwachukwu Odili Okereke Okoye Osuji""",
)
ITALIAN: Final = _origin(
    """Agostino Alfredo Arianna Chiara Concetta Donatella Enzo Flavio Giacomo Giorgio
    Giulio Ivano Lucrezia Matteo Paola Pierluigi Roberta Rossella Silvio Umberto""",
    """Amato Battaglia Bernardi Caputo Cattaneo Cozzi Esposito Ferraro Galli Greco
    Lombardi Mariani Mazza Moretti Palumbo Ricci Rossetti Russo Sartori Valentini""",
)
LITHUANIAN: Final = _origin(
    """Algirdas Arturas Donatas Giedrius Justas Mantas Modestas Ramunas Saulius Vidas""",
    """Adomaitis Butkus Jankauskas Kazlauskas Matulis Norkus Petraitis Sabonis Stonkus Venckus""",
)
MALAYALI: Final = _origin(
    """Abhilash Anju Biju Deepa Jaya Jisha Nithya Remya Sheeba Sreeja""",
    """Antony Cherian Jacob Kurian Mathai Oommen Paulose Pothen Varghese Warrier""",
)
PAKISTANI: Final = _origin(
    """Aamir Aftab Arshad Ayesha Ejaz Farooq Haroon Imtiaz Khalid Mohsin
    Nazia Qasim Rubina Saeed Samina Shahnaz Tahir Tariq Waqar Zahid""",
    """Afzal Arif Azam Chaudhry Ghani Hafeez Hayat Ishaq Janjua Kiani
    Majeed Mirza Mustafa Nazir Qadir Rauf Sabir Shafi Suleman Warraich""",
)
POLISH: Final = _origin(
    """Adrian Agata Aleksandra Aneta Bartosz Bozena Damian Dariusz Dominik Edyta
    Ewa Grazyna Grzegorz Henryk Iwona Jacek Janusz Jerzy Jolanta Kamil
    Katarzyna Krystyna Leszek Lukasz Magdalena Marcin Mariusz Mateusz Monika Pawel
    Przemyslaw Rafal Ryszard Stanislaw Szymon Tadeusz Waldemar Wioletta Wojciech Zofia""",
    """Adamczyk Andrzejczak Baran Bielak Brzezina Dabek Dudek Gajda Gorka Jakubiak
    Jarosz Kaczmarek Kolodziej Kowalczyk Kozlik Krol Kubiak Kucharczyk Kurek Majchrzak
    Matusiak Michalak Mucha Nowak Olszak Paluch Pawlik Pietrzak Rogala Sikora
    Sobczak Stachowiak Stepien Szulc Tkacz Walczak Wieczorek Wojtas Zaremba Zieba""",
)
PORTUGUESE: Final = _origin(
    """Aline Antonio Carla Cristiano Edson Fabio Flavia Goncalo Jaime Jorge
    Lourdes Luisa Marcio Miguel Olga Pedro Ricardo Rui Sofia Tiago""",
    """Abreu Alves Araujo Batista Cabral Coelho Dias Ferreira Furtado Guerreiro
    Loureiro Marques Mendonca Mota Oliveira Pinho Ramos Sampaio Simoes Valente""",
)
PUNJABI: Final = _origin(
    """Amandeep Balbir Balwinder Gurdeep Gurpreet Harjinder Harpreet Jagjit Jaswinder Kulbir
    Lakhbir Maninder Mohinder Navjot Parminder Ranjit Rupinder Satnam Sukhjit Surjit""",
    """Atwal Bansal Bhogal Boparai Chana Dhaliwal Dhanoa Garcha Hothi Johal
    Kandola Lalli Matharu Nijjar Purewal Saggu Samra Sidhu Thandi Uppal""",
)
ROMANIAN: Final = _origin(
    """Adina Alina Bianca Ciprian Corina Cristian Dana Dorin Florentina Ileana
    Iulia Laurentiu Lucian Marius Mircea Oana Raluca Ruxandra Sorin Vasile""",
    """Anghel Barbu Chiriac Cojocaru Craciun Diaconu Dragomir Dumitru Georgescu Ilie
    Lungu Mihalache Neagu Petrescu Preda Rusu Simionescu Stoian Toma Vasilescu""",
)
SOMALI: Final = _origin(
    """Abdi Abdullahi Faduma Halimo Idil Ilhan Liban Mohamud Qamar Roda""",
    """Adan Ali Barkhad Dualeh Farah Hersi Isse Mahamoud Nur Salah""",
)
SPANISH: Final = _origin(
    """Agustin Amparo Belen Diego Esteban Gustavo Juan Marisol Pablo Rocio""",
    """Aguilar Castillo Fernandez Gomez Herrera Marquez Montero Nieto Prieto Sanchez""",
)
TURKISH: Final = _origin(
    """Ahmet Ayla Berk Canan Derya Emine Esra Filiz Hakan Ipek
    Levent Murat Nesrin Orhan Ozlem Selcuk Serdar Suleyman Turhan Yavuz""",
    """Acar Aktas Atalay Balci Bozkurt Celik Demirtas Erdem Genc Gungor
    Kaplan Karadag Kaya Kilinc Ozcan Sahin Soylu Tosun Ucar Vural""",
)
UKRAINIAN: Final = _origin(
    """Anatoliy Galyna Kateryna Maksym Nataliya Oleksandr Petro Stepan Vasyl Yaroslava""",
    """Babenko Datsenko Hnatyuk Kostenko Kravchuk Melnyk Pavlenko Romanyuk Shevchuk Tymoshenko""",
)
VIETNAMESE: Final = _origin(
    """Anh Giang Hieu Huy Mai Nguyet Quang Thao Thuan Tuyet""",
    """Bui Doan Hoang Luong Nghiem Nguyen Phan Quach Tran Truong""",
)
YORUBA: Final = _origin(
    """Abayomi Adebayo Adetola Akinola Babatunde Bukola Dotun Folake Funmilayo Jide
    Kunle Modupe Olabisi Olu Oluwaseun Ronke Solape Temitope Tolulope Tunji""",
    """Abiodun Adegoke Ademola Adesanya Afolabi Ajayi Akinyemi Ayeni Balogun Ekundayo
    Fashola Jegede Ladipo Ogundipe Oladapo Olaniyan Olayinka Osunde Oyewole Shonibare""",
)
ZIMBABWEAN: Final = _origin(
    """Anesu Farai Kudzai Nkosana Rudo Sibongile Tafadzwa Tariro Tendai Tinashe""",
    """Banda Chipunza Kambarami Madziva Masuku Moyo Mukwena Mutasa Ndlovu Nyoni""",
)

ORIGINS: Final = (
    ENGLISH,
    IRISH,
    SCOTTISH,
    WELSH,
    BENGALI,
    CHINESE,
    GHANAIAN,
    GREEK,
    GUJARATI,
    HUNGARIAN,
    IGBO,
    ITALIAN,
    LITHUANIAN,
    MALAYALI,
    PAKISTANI,
    POLISH,
    PORTUGUESE,
    PUNJABI,
    ROMANIAN,
    SOMALI,
    SPANISH,
    TURKISH,
    UKRAINIAN,
    VIETNAMESE,
    YORUBA,
    ZIMBABWEAN,
)
# Where somebody stands: an origin, and a number in it.
PLACES: Final = tuple((origin, i) for origin in ORIGINS for i in range(len(origin.first)))


def full_name(place: int, turns: int) -> tuple[str, str]:
    """Return the name of the person at a place.

    Different places give different first and different last names as long as the turns stay.

    Args:
        place: A number below that of `PLACES`.
        turns: By how many entries the names of each origin are turned: the first names by the
            upper 32 bits, the last names by the lower ones.

    Returns:
        The first and the last name.
    """
    origin, i = PLACES[place]
    family, number = PLACES[(place + MARRIED) % len(PLACES)]
    turn_first, turn_last = divmod(turns, 1 << 32)
    first = origin.first[(i + turn_first) % len(origin.first)]
    return first, family.last[(number + turn_last) % len(family.last)]
