"""Proves the module `settings`."""

from typing import Final

from python_env.stock.format import Proof, Scenario

PRELUDE: Final = """\
import json, os, pathlib, re, shlex, subprocess, time

def tried(m, call, *given):
    try:
        return call(*given)
    except m.SettingsError:
        return "refused"

class Marker:
    hits = 0

    @classmethod
    def hit(cls):
        cls.hits += 1
        return 5

class Vault:
    # Stands for the command: understands a list or, with a shell, a line of words.
    def __init__(self, known, code=0, seconds=1.0, missing=False):
        self.known, self.code, self.seconds, self.missing, self.asked = (
            known,
            code,
            seconds,
            missing,
            [],
        )

    def run(
        self,
        command,
        *,
        shell=False,
        capture_output=False,
        text=False,
        timeout=None,
        check=False,
        stdout=None,
        stderr=None,
        stdin=None,
        encoding=None,
        **others,
    ):
        if shell:
            marks = shlex.shlex(command, posix=True, punctuation_chars=True)
            marks.whitespace_split = True
            in_doubles = "".join(re.findall('"([^"]*)"', command))
            words = shlex.split(command)
            words = words[words[:1] == ["exec"] :]
            marks = [word for word in marks if word != "exec"]
            if marks != words or "$$" in in_doubles or "`" in in_doubles:
                self.asked.append("INJECTED")
            command = words
        self.asked.append(list(command))
        if self.missing:
            raise FileNotFoundError(command[0])
        if timeout is None or timeout < self.seconds:
            raise subprocess.TimeoutExpired(command, timeout or 0)
        rest = command[2:]
        if rest[:1] == ["--"]:
            rest = rest[1:]
        elif rest and rest[0].startswith("-"):
            self.asked.append("OPTION")
        code = self.code if len(rest) == 1 and rest[0] in self.known else 2
        said = self.known[rest[0]] + "\\n" if code == 0 else ""
        done = subprocess.CompletedProcess(
            command, code, said if text or encoding else said.encode(), "no such secret"
        )
        if check:
            done.check_returncode()
        return done
"""

PROOF: Final = Proof(
    PRELUDE,
    (
        Scenario(
            "parsed_plain",
            None,
            """\
out = [
    m.parsed("a: 1\\nb: {c: [x, 2.5, true, null]}\\n"),
    m.parsed(""),
    m.parsed("# nothing\\n"),
    m.parsed("a: 2026-01-05")["a"].isoformat(),
]
return plain(
    out
    + [
        tried(m, m.parsed, t)
        for t in ("[1]", "text", "7", "a: [", "a: 2026-13-45", "true", "- a: 1",
                  "a: !!bool no-one", 'a: !!int ""', "a: !!timestamp late",
                  "a: " + "9:" * 400 + "1.5")
    ]
)
""",
            [
                {"a": 1, "b": {"c": ["x", 2.5, True, None]}},
                {},
                {},
                "2026-01-05",
                *["refused"] * 11,
            ],
        ),
        Scenario(
            "parsed_odd",
            "parsed",
            """\
out = [tried(m, m.parsed, t) for t in ("0", "false", "[]", "''", "0.0", "{}", "~", "---\\n...")]
bad = (
    '!!python/object/apply:os.mkdir ["/w/made"]',
    'a: !!python/object/apply:os.mkdir ["/w/made"]',
    "a: !!python/name:os.system",
    "a: !!python/object:subject.SettingsError {}",
)
for text in bad:
    try:
        m.parsed(text)
        out.append("built")
    except m.SettingsError:
        out.append("refused")
return plain(out + [os.path.exists("/w/made")])
""",
            [*["refused"] * 5, {}, {}, {}, *["refused"] * 4, False],
        ),
        Scenario(
            "included_plain",
            None,
            """\
root = pathlib.Path("/w/conf")
(root / "sub").mkdir(parents=True)
for name in ("a.yaml", "sub/b.yaml"):
    (root / name).write_text("x")
(root / "inner.yaml").symlink_to("sub/b.yaml")
out = [
    str(m.included(root, name))
    for name in ("a.yaml", "sub/b.yaml", "./a.yaml", "sub//b.yaml", "new.yaml")
]
out += [m.included(root, "inner.yaml").read_text(), m.included(root, "sub").is_dir()]
return plain(
    out
    + [tried(m, m.included, root, name) for name in ("../x", "../conf-old/a", "sub/../../x")]
)
""",
            [
                "/w/conf/a.yaml",
                "/w/conf/sub/b.yaml",
                "/w/conf/a.yaml",
                "/w/conf/sub/b.yaml",
                "/w/conf/new.yaml",
                "x",
                True,
                "refused",
                "refused",
                "refused",
            ],
        ),
        Scenario(
            "included_outside",
            "included",
            """\
root = pathlib.Path("/w/conf")
(root / "sub").mkdir(parents=True)
other = pathlib.Path("/w/other")
other.mkdir()
(other / "s.yaml").write_text("hidden")
(root / "link").symlink_to("../other")
(root / "one.yaml").symlink_to("../other/s.yaml")
(root / "sub" / "up").symlink_to("../../other")
names = (
    "/w/other/s.yaml",
    "/etc/passwd",
    "link/s.yaml",
    "one.yaml",
    "sub/up/s.yaml",
    "//w/other/s.yaml",
    "../other/s.yaml",
)
return plain([tried(m, m.included, root, name) for name in names])
""",
            ["refused"] * 7,
        ),
        Scenario(
            "merged_plain",
            None,
            """\
base = {"a": 1, "b": {"c": 2, "d": {"e": 3}}, "l": [1, 2]}
over = {"a": 5, "b": {"d": {"f": 4}, "g": 6}, "l": [3], "n": {"x": {"y": 1}}}
out = [
    m.merged(base, over),
    m.merged({}, over),
    m.merged(base, {}),
    m.merged({"a": {"b": 1}}, {"a": 2}),
    m.merged({"a": 2}, {"a": {"b": 1}}),
]
return plain(out + [base["a"], base["b"], over["b"]])
""",
            [
                {
                    "a": 5,
                    "b": {"c": 2, "d": {"e": 3, "f": 4}, "g": 6},
                    "l": [3],
                    "n": {"x": {"y": 1}},
                },
                {
                    "a": 5,
                    "b": {"d": {"f": 4}, "g": 6},
                    "l": [3],
                    "n": {"x": {"y": 1}},
                },
                {"a": 1, "b": {"c": 2, "d": {"e": 3}}, "l": [1, 2]},
                {"a": 2},
                {"a": {"b": 1}},
                1,
                {"c": 2, "d": {"e": 3}},
                {"d": {"f": 4}, "g": 6},
            ],
        ),
        Scenario(
            "merged_apart",
            "merged",
            """\
base = {
    "k": {"x": [1], "y": {"z": 1}},
    "on": True,
    "n": 3,
    "t": "text",
    "l": [1],
    "o": "old",
    "d": {"a": 1},
}
over = {"on": False, "n": 0, "t": "", "l": [], "o": None, "d": {"a": 0}, "new": {"p": [1]}}
got = m.merged(base, over)
out = [json.loads(json.dumps(got))]
got["k"]["x"].append(2)
got["k"]["y"]["z"] = 9
got["new"]["p"].append(2)
got["d"]["a"] = 7
return plain(out + [base["k"], base["d"], over["new"], over["d"]])
""",
            [
                {
                    "k": {"x": [1], "y": {"z": 1}},
                    "on": False,
                    "n": 0,
                    "t": "",
                    "l": [],
                    "o": None,
                    "d": {"a": 0},
                    "new": {"p": [1]},
                },
                {"x": [1], "y": {"z": 1}},
                {"a": 1},
                {"p": [1]},
                {"a": 0},
            ],
        ),
        Scenario(
            "overrides_plain",
            None,
            """\
env = {
    "APP_DB__PORT": "5432",
    "APP_DB__HOST_NAME": "db",
    "APP_DEBUG": "",
    "PATH": "/bin",
    "APPX_Y": "1",
    "APP_A__B__C": "z",
    "APP_DB2": "q",
}
return plain(
    [
        m.overrides(env, "APP_"),
        m.overrides(env, "NONE_"),
        m.overrides({}, "APP_"),
        m.overrides(env, "APPX_"),
        len(env),
    ]
)
""",
            [
                {
                    "db": {"port": "5432", "host_name": "db"},
                    "debug": "",
                    "a": {"b": {"c": "z"}},
                    "db2": "q",
                },
                {},
                {},
                {"y": "1"},
                7,
            ],
        ),
        Scenario(
            "overrides_below",
            "overrides",
            """\
deep = "__".join(("S_A", "B", "C", "D"))
out = []
for env in (
    {"S_A": "1", "S_A__B": "2"},
    {"S_A__B": "2", "S_A": "1"},
    {"S_A__B": "1", deep: "2"},
    {deep: "", "S_A__B": ""},
    {"S_A": "1", "S_AB": "2"},
    {"S_A": "1", "T_A__B": "2", "S_B__A": "3"},
):
    out.append(tried(m, m.overrides, env, "S_"))
return plain(out)
""",
            [*["refused"] * 4, {"a": "1", "ab": "2"}, {"a": "1", "b": {"a": "3"}}],
        ),
        Scenario(
            "overrides_many",
            "overrides",
            """\
out, costs = [], []
for n in (60, 60, 240):
    env = {f"S_PART{i % 10}__NAME{i}": str(i) for i in range(n)}
    begin = time.perf_counter_ns()
    got = m.overrides(env, "S_")
    costs.append(time.perf_counter_ns() - begin)
    out.append(sum(map(len, got.values())))
return plain(out + [costs[2] < 8 * costs[1]])
""",
            [60, 60, 240, True],
        ),
        Scenario(
            "seconds_plain",
            None,
            """\
out = [
    float(m.seconds(t))
    for t in ("250ms", "1h 30m", "2d", "1_500ms", " 5s  1ms ", "1_0_0s", "0s", "10m 10m")
]
return plain(
    out
    + [
        tried(m, m.seconds, t)
        for t in (
            "",
            " ",
            "x",
            "5 x",
            "-5s",
            "1.5h",
            "1h30m",
            "_5s",
            "5_s",
            "1__0s",
            "5S",
            "s",
            "ms",
        )
    ]
)
""",
            [0.25, 5400.0, 172800.0, 1.5, 5.001, 100.0, 0.0, 1200.0, *["refused"] * 13],
        ),
        Scenario(
            "seconds_bare",
            "seconds",
            """\
return [float(m.seconds(t)) for t in ("90", "1_000", "0", "2m 5", "1000ms 1", "3 3")]
""",
            [90.0, 1000.0, 0.0, 125.0, 2.0, 6.0],
        ),
        Scenario(
            "seconds_long",
            "seconds",
            """\
out, costs = [], []
for n in (3, 8, 8, 16, 190):
    text = "1" * n + "x"
    begin = time.perf_counter_ns()
    out.append(tried(m, m.seconds, text))
    costs.append(time.perf_counter_ns() - begin)
    if len(costs) > 3 and costs[-1] > 60 * min(costs[1:3]):
        break
return plain([out, len(costs)])
""",
            [["refused"] * 5, 5],
        ),
        Scenario(
            "count_plain",
            None,
            """\
out = [m.count(t) for t in ("512", "64 * 1024", "2*3*4*5", " 7 ", "1", "999999999", "10 *  10")]
bad = ("", "  ", "0", "-1", "1000000001", "99999 * 99999", "0 * 5", "1.5")
return plain(out + [tried(m, m.count, t) for t in bad])
""",
            [512, 65536, 120, 7, 1, 999999999, 100, *["refused"] * 8],
        ),
        Scenario(
            "count_odd",
            "count",
            """\
out = [
    tried(m, m.count, t)
    for t in ("1000000000", "10000 * 100000", "500000000 * 2", "1000000001", "31622 * 31623")
]
bad = (
    "2 + 3",
    "7 - 2",
    "9 if 1 else 2",
    "(5)",
    "[3][0]",
    "9 ** 2",
    "x",
    "2 *",
    "007",
    "1_000",
    "2\\n* 3",
    "1 * 2 * 3 * 4 * 5",
)
for text in bad:
    try:
        said = m.count(text)
    except Exception as error:
        said = type(error).__name__
    out.append(said)
return plain(out)
""",
            [
                *[1000000000] * 3,
                "refused",
                999982506,
                *["SettingsError"] * 12,
            ],
        ),
        Scenario(
            "count_runs",
            "count",
            """\
hit = "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == 'Marker'][0].hit()"
out = []
for text in (hit, "2 * " + hit):
    try:
        said = m.count(text)
    except Exception as error:
        said = type(error).__name__
    out.append(said)
return plain(out + [Marker.hits, m.count("1000")])
""",
            ["SettingsError", "SettingsError", 0, 1000],
        ),
        Scenario(
            "secret_plain",
            None,
            """\
v = Vault({"db": "s3cret", "mail/token": "a b  ", "x-1.y": "x"})
out = [
    m.secret("db", v.run),
    m.secret("mail/token", v.run),
    m.secret("x-1.y", v.run),
    v.asked[0][:2],
    v.asked[0][-1],
    len(v.asked),
]
late, gone = Vault({"db": "s"}, seconds=11.0), Vault({"db": "s"}, missing=True)
return plain(
    out
    + [
        tried(m, m.secret, "db", late.run),
        tried(m, m.secret, "db", gone.run),
        m.secret("db", Vault({"db": "t"}, seconds=9.5).run),
    ]
)
""",
            [
                "s3cret",
                "a b  ",
                "x",
                ["$vault", "read"],
                "db",
                3,
                "refused",
                "refused",
                "t",
            ],
        ),
        Scenario(
            "secret_odd",
            "secret",
            """\
out = []
for name in (
    "none",
    "a; touch /w/x",
    "$$(id)",
    "it's",
    "'; touch /w/x; '",
    "' '",
    "`id`",
    "-h",
    "--all",
    "a\\nb",
    'q"q',
    "'$$(id)'",
):
    v = Vault({"it's": "quoted", "-h": "dash", 'q"q': "double"})
    said = tried(m, m.secret, name, v.run)
    out.append([said, len(v.asked) == 1 and v.asked[0][-1] == name])
return plain(out + [tried(m, m.secret, "db", Vault({"db": "s"}, code=1).run)])
""",
            [
                ["refused", True],
                ["refused", True],
                ["refused", True],
                ["quoted", True],
                ["refused", True],
                ["refused", True],
                ["refused", True],
                ["dash", True],
                ["refused", True],
                ["refused", True],
                ["double", True],
                ["refused", True],
                "refused",
            ],
        ),
        Scenario(
            "described_plain",
            None,
            """\
out = list(
    m.described(
        {"db": {"ports": [5432, 5433], "host": "db\\n1"}, "on": True, "none": None, "f": 1.5}
    )
)
out += (
    list(m.described({"db": {"Password": "hush", "user": "u"}, "api_token": 7}))
    + list(m.described({}))
    + list(m.described({"a": {}, "b": [{"c": "\\u00e9"}]}))
)
return plain(sorted(out))
""",
            [
                "api_token = ***",
                'b.0.c = "\\u00e9"',
                "db.Password = ***",
                'db.host = "db\\n1"',
                "db.ports.0 = 5432",
                "db.ports.1 = 5433",
                'db.user = "u"',
                "f = 1.5",
                "none = null",
                "on = true",
            ],
        ),
        Scenario(
            "described_odd",
            "described",
            """\
given = {
    "tokens": ["hush1", {"name": "hush2"}],
    "Secrets": {"db": {"value": "hush3"}},
    "signingKey": [["hush4"]],
    "x\\ny": 1,
    "a": {"b\\r\\nc = 2": "v"},
}
got = list(m.described(given))
text = " ".join(got)
return plain(
    [
        len(got),
        "hush" in text,
        "\\n" in text or "\\r" in text,
        sum(line.endswith(" = ***") for line in got),
        sorted(line.rpartition(" = ")[2] for line in got),
    ]
)
""",
            [6, False, False, 4, ['"v"', "***", "***", "***", "***", "1"]],
        ),
    ),
)
