"""Proves the module `finder`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import io, pathlib, time, zipfile
def doc(m, key="d1", title="Index", text="", year=2001, groups=("eu",)):
    return m.$Doc(key, title, text, year, frozenset(groups))
def said(call):
    try: return plain(call())
    except ValueError: return "ValueError"
    except Exception as error: return type(error).__name__
def growth(act, small, big):
    # How many times longer the big one takes.
    costs = []
    for size in (small, small, big):
        given = act(size)
        begin = time.perf_counter_ns()
        given()
        costs.append(time.perf_counter_ns() - begin)
    return costs[2] / costs[1]
def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names: archive.writestr(name, "text of " + name)
    return zipfile.ZipFile(out)
def held(folder): return sorted(str(p) for p in pathlib.Path(folder).rglob("*") if p.is_file())
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "words_plain",
            None,
            """\
return [m.words(text) for text in (
    "The QUICK fox, 2 foxes.", "don't re-use", "'quoted' - and -dashed-", "", " ... ",
    "a/b\\n\\tc", "Caf\\u00e9 STRASSE", "snake_case")]
""",
            [
                ["the", "quick", "fox", "2", "foxes"],
                ["don't", "re-use"],
                ["quoted", "and", "dashed"],
                [],
                [],
                ["a", "b", "c"],
                ["caf\u00e9", "strasse"],
                ["snake_case"],
            ],
        ),
        Scenario(
            "words_of_any_form",
            "words",
            """\
pairs = (("\\uff26\\uff4f\\uff58", "fox"), ("o\\ufb03ce", "OFFICE"), ("Stra\\u00dfe", "STRASSE"),
         ("cafe\\u0301", "CAF\\u00c9"), ("x\\u00b2", "x2"), ("\\u2167", "viii"),
         ("\\uff91", "\\u30e0"))
return [m.words(one) == m.words(other) and len(m.words(one)) == 1 for one, other in pairs]
""",
            [True] * 7,
        ),
        Scenario(
            "words_time",
            "words",
            """\
texts = {size: "a" + "-'" * size + "b " + "x" for size in (300, 1200)}
ratio = growth(lambda size: lambda: m.words(texts[size]), 300, 1200)
return [[len(m.words(texts[300])), m.words("--a--- b'' -'-")], "linear" if ratio < 8 else "more"]
""",
            [[2, ["a", "b"]], "linear"],
        ),
        Scenario(
            "access_plain",
            None,
            """\
one = doc(m, groups=("eu/sales", "us"))
return [m.may_read(one, groups) for groups in (
    ["us"], ["eu"], ["eu/sales"], ["x", "eu"], ["asia"], [], ["eu/sales/north"], {"us", "asia"})]
""",
            [True, True, True, True, False, False, False, True],
        ),
        Scenario(
            "access_by_whole_groups",
            "access",
            """\
pairs = (("eurasia", "eu"), ("eu/sales2", "eu/sales"), ("eu/sales/north", "eu/sales"), ("eu", "eu"),
         ("eu/sales", "eu/sal"), ("eu/salesnorth", "eu/sales"), ("us/eu", "eu"), ("a/b/c", "a"))
return [m.may_read(doc(m, groups=(group,)), [own]) for group, own in pairs]
""",
            [False, False, True, True, False, False, False, True],
        ),
        Scenario(
            "access_to_drafts",
            "access",
            """\
draft, done = doc(m, groups=()), doc(m, groups=("eu",))
return [[m.may_read(one, groups) for groups in ([], ["eu"], ["eu", "us"])] for one in (draft, done)]
""",
            [[False, False, False], [False, True, True]],
        ),
        Scenario(
            "highlight_plain",
            None,
            """\
return [m.highlighted("a < b & c", []), m.highlighted("fox", [(0, 3)]), m.highlighted("", []),
        m.highlighted("&amp;", [])]
""",
            ["a &lt; b &amp; c", "<mark>fox</mark>", "", "&amp;amp;"],
        ),
        Scenario(
            "highlight_all_text",
            "highlight",
            """\
return [m.highlighted("the fox ran", [(4, 7)]), m.highlighted("abcd", [(0, 1), (1, 2), (3, 4)]),
        m.highlighted("x<y", [(0, 1)]), m.highlighted("one two", [(0, 3), (4, 7)])]
""",
            [
                "the <mark>fox</mark> ran",
                "<mark>a</mark><mark>b</mark>c<mark>d</mark>",
                "<mark>x</mark>&lt;y",
                "<mark>one</mark> <mark>two</mark>",
            ],
        ),
        Scenario(
            "highlight_escaped",
            "highlight",
            """\
return [m.highlighted("<b>", [(0, 3)]), m.highlighted("a <script> b", [(2, 10)]),
        m.highlighted("a&b", [(1, 2)]),
        m.highlighted("<i> & <u>", [(0, 3), (6, 9)])]
""",
            [
                "<mark>&lt;b&gt;</mark>",
                "a <mark>&lt;script&gt;</mark> b",
                "a<mark>&amp;</mark>b",
                "<mark>&lt;i&gt;</mark> &amp; <mark>&lt;u&gt;</mark>",
            ],
        ),
        Scenario(
            "matches_plain",
            None,
            """\
title = "Annual report 2024 (final)"
typed = ("*", "Annual*", "*final)", "*report*", "Annual report 2024 (final)", "A*2024*)",
         "annual*", "report", "*2024", "Annual*Annual*", "", "*(final)*", "A*t*t*l)",
         "Annual report ????*", "**",
         "*(final)(final)")
pairs = ("", ""), ("*", ""), ("a.c", "abc"), ("a*c", "a\\nc"), ("ab*ba", "aba")
return [m.matches(one, title) for one in typed] + [m.matches(*pair) for pair in pairs]
""",
            [True] * 6
            + [False] * 5
            + [True, False, False, True, False]
            + [True, True, False, True, False],
        ),
        Scenario(
            "matches_time",
            "matches",
            """\
pattern = "*a" * 4 + "*b"
ratio = growth(lambda size: lambda: m.matches(pattern, "a" * size), 12, 36)
out = [m.matches(pattern, "a" * 12), m.matches(pattern, "aaaab")]
return [out, "flat" if ratio < 9 else "steep"]
""",
            [[False, True], "flat"],
        ),
        Scenario(
            "fulfils_plain",
            None,
            """\
one = doc(m, title="Index", year=2001)
typed = ("year >= 1999", "year < 2001", "year == 2001", "year != 2001", "year > 2000",
         "year <= 2000",
         'title == "Index"', 'title != "Index"', 'title < "J"', ' title  ==  "Index" ')
bad = "", "year", "year >=", "id == 1", "2001 == year", "text != 5", "year = 2001"
return [[m.fulfils(one, x) for x in typed], [said(lambda: m.fulfils(one, x)) for x in bad]]
""",
            [
                [True, False, True, False, True, False, True, False, True, True],
                ["ValueError"] * 7,
            ],
        ),
        Scenario(
            "fulfils_any_value",
            "fulfils",
            """\
none, one = doc(m, title="", year=0), doc(m, title="0", year=-5)
typed = ("year == 0", "year >= 0", 'title == ""', 'title != ""', "year < 0")
return [[said(lambda: m.fulfils(x, y)) for y in typed] for x in (none, one)]
""",
            [[True, True, True, False, False], [False, False, False, True, True]],
        ),
        Scenario(
            "fulfils_nothing_else",
            "fulfils",
            """\
seen = []
one = doc(m, title="Index", year=2001)
m.words = lambda text: seen.append(text) or 7
typed = ("year >= 1 + 1", "year >= (lambda: 5)()", 'title == "index".title()',
         "year == int('2001')",
         "year > len('abc')", "title == 5", 'year == "2001"', "year == held", "year > 1.5",
         "year > true",
         "year == [2001][0]", "year > words('x')")
return [[said(lambda: m.fulfils(one, x)) for x in typed], seen]
""",
            [["ValueError"] * 12, []],
        ),
        Scenario(
            "unpack_plain",
            None,
            """\
folder = pathlib.Path("/w/in"); folder.mkdir()
m.unpack(zipped("a.txt", "sub/b.txt", "sub/deep/c.txt", "empty/"), folder)
m.unpack(zipped("a.txt", "sub/d..txt"), folder)
return [held("/w/in"), (folder / "sub/b.txt").read_text()]
""",
            [
                ["/w/in/a.txt", "/w/in/sub/b.txt", "/w/in/sub/d..txt", "/w/in/sub/deep/c.txt"],
                "text of sub/b.txt",
            ],
        ),
        Scenario(
            "unpack_outside",
            "unpack",
            """\
folder = pathlib.Path("/w/in"); folder.mkdir()
out = []
for name in ("../evil.txt", "/w/evil.txt", "sub/../../evil.txt", "/w/in2/evil.txt",
             "../in2/evil.txt"):
    out.append([said(lambda: m.unpack(zipped(name), folder)), held("/w/in"), held("/w/in2")])
return [out, pathlib.Path("/w/evil.txt").exists()]
""",
            [[["ValueError", [], []]] * 5, False],
        ),
        Scenario(
            "unpack_nothing",
            "unpack",
            """\
folder = pathlib.Path("/w/in"); folder.mkdir()
bad = zipped("a.txt", "b.txt", "../evil.txt", "c.txt")
out = [said(lambda: m.unpack(bad, folder)), held("/w/in")]
m.unpack(zipped("a.txt"), folder)
return out + [held("/w/in")]
""",
            ["ValueError", [], ["/w/in/a.txt"]],
        ),
        Scenario(
            "index_search",
            None,
            """\
index = m.$Index()
for key, text, groups in (("d2", "red fox", ["eu"]), ("d1", "A red hen, a red fox", ["eu/sales"]),
                         ("d3", "blue fox", ["us"]), ("d4", "red fox", ["us"])):
    index.add(doc(m, key, text=text, groups=groups))
return [index.search(typed, groups) for typed, groups in (
    ("red fox", ["eu"]), ("FOX", ["eu", "us"]), ("red", ["us"]), ("red cow", ["eu"]), ("", ["eu"]),
    ("fox", []), ("hen", {"eu/sales"}))]
""",
            [["d1", "d2"], ["d1", "d2", "d3", "d4"], ["d4"], [], [], [], ["d1"]],
        ),
        Scenario(
            "remove_plain",
            None,
            """\
index = m.$Index()
for i, text in enumerate(("red fox", "red hen", "old hen")): index.add(doc(m, f"d{i}", text=text))
index.remove(["d1"])
out = [index.search(typed, ["eu"]) for typed in ("red", "hen", "fox")]
index.remove([])
index.add(doc(m, "d1", text="new fox"))
return out + [index.search("fox", ["eu"]), sorted(index.$docs), sorted(index.postings["fox"])]
""",
            [["d0"], ["d2"], ["d0"], ["d0", "d1"], ["d0", "d1", "d2"], ["d0", "d1"]],
        ),
        Scenario(
            "remove_all_of_it",
            "remove",
            """\
index = m.$Index()
for i, text in enumerate(("red fox fox", "red hen", "old hen")):
    index.add(doc(m, f"d{i}", text=text))
out = []
for ids in (["d0"], ["d2", "d1"]):
    index.remove(ids)
    out.append([sorted(index.postings), sorted(index.$docs)])
return out
""",
            [[["hen", "old", "red"], ["d1", "d2"]], [[], []]],
        ),
        Scenario(
            "remove_time",
            "remove",
            """\
def filled(size):
    index = m.$Index()
    for i in range(size): index.add(doc(m, f"d{i}", text=f"w{i} v{i} u{i}"))
    ids = [f"d{i}" for i in range(0, size, 2)]
    return lambda: index.remove(ids)
ratio = growth(filled, 20, 80)
return ["linear" if ratio < 8 else "more", ratio > 2]
""",
            ["linear", True],
        ),
        Scenario(
            "starting_plain",
            None,
            """\
one = m.Suggestions()
for phrase in ("red hen", "blue fox", "red fox", "redo", "green"): one.add(phrase)
out = [one.starting("red ", 5), one.starting("b", 5), one.starting("x", 5), one.starting("gr", 1)]
one.add("blue ape"); one.add("grey")
return out + [one.starting("b", 5), one.starting("gr", 1), one.starting("zz", 1)]
""",
            [
                ["red fox", "red hen"],
                ["blue fox"],
                [],
                ["green"],
                ["blue ape", "blue fox"],
                ["green"],
                [],
            ],
        ),
        Scenario(
            "starting_with_itself",
            "starting",
            """\
one = m.Suggestions()
for phrase in ("red", "red fox", "re", "green"): one.add(phrase)
return [one.starting(prefix, 9) for prefix in ("red", "green", "re", "")]
""",
            [
                ["red", "red fox"],
                ["green"],
                ["re", "red", "red fox"],
                ["green", "re", "red", "red fox"],
            ],
        ),
        Scenario(
            "starting_with_any_character",
            None,
            """\
one = m.Suggestions()
for phrase in ("a\\U0010ffff", "a\\U0010ffffz", "ab", "b"): one.add(phrase)
return [len(one.starting(prefix, 9)) for prefix in ("a", "", "c")]
""",
            [3, 4, 0],
        ),
        Scenario(
            "starting_limits",
            "starting",
            """\
one = m.Suggestions()
for phrase in ("a1", "a2", "a3", "a4"): one.add(phrase)
out = [one.starting("a", limit) for limit in (1, 3, 2, 9)]
out[3].append("x")
return out[:3] + [one.starting("a", 9), one.starting("a", 1)]
""",
            [["a1"], ["a1", "a2", "a3"], ["a1", "a2"], ["a1", "a2", "a3", "a4"], ["a1"]],
        ),
    ),
)
