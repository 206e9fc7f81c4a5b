"""Records what Python's `re` does with the cases of this file, one JSON object a line.

Run as `python record.py record` under each Python (writes to standard output), and as
`python3 record.py merge 2.7=a 3.6=b 3.13=c` to print `cases.jsonl`: results of 3.13, others where they differ.
"""
from __future__ import print_function, unicode_literals

import json
import re
import sys

TEXTS = [
    "", "a", "ab", "aab", "abc", "xaxb", "foo.bar_baz-1.2.3", "__version__ = '1.2.3'\n", "version=\"0.1\"  # x\nname = 'n'\n",
    "a\n", "a\n\n", "\n", "a\nb\nc", "  key : value  ", "1,2,,3", "AbC aBc", "abab", "aXbXc", "(1)[2]{3}", "caf\u00e9 \u00b2\u0301 \u4e2d", "\u212a k K \u017f s",
    "tab\there\x1cx\x0by", "3.14.15rc1", "# comment\nrequests>=2.0\n-e git+x#egg=y\n\nsix ; python_version<'3'\n", "$Revision: 12 $", "--a--b---", "a{2}", "[x]]", "aaa", "foobarfoo", "\ub97c",
]
PATTERNS = [
    ("a", ""), ("a*", ""), ("a*?", ""), ("a+", ""), ("a??", ""), ("(a)|b", ""), ("(a|ab)(c|bcd)?", ""), ("(a*)*", ""), ("(a*)+", ""),
    ("(?:a|(b))*", ""), ("(|a)+", ""), ("|a", ""), ("a|", ""), ("()", ""), ("\\b", ""), ("\\B", ""), ("^", ""), ("$", ""), ("^", "m"), ("$", "m"),
    ("\\A", ""), ("\\Z", ""), ("^a$", ""), ("^a\\Z", ""), (".", ""), (".", "s"), (".*", ""), (".*", "s"), (".*$", ""), ("\\w+", ""), ("\\W+", ""), ("\\d+", ""), ("\\s+", ""), ("\\S+", ""), ("\\w+", "a"), ("\\b\\w", "a"),
    ("\\bk\\b", "i"), ("K", "i"), ("[k-s]", "i"), ("[^k]", "i"), ("s", "i"), ("(?i)ABC", ""), ("\\w\\b", ""), ("\\b\\w+\\b", ""),
    ("__version__ = ['\"]([^'\"]*)['\"]", ""), ("^__version__\\s*=\\s*['\"](.*)['\"]", "m"), ("version=(['\"])(.*?)\\1", ""), ("(?P<q>['\"])(?P<v>.*?)(?P=q)", ""),
    ("(\\d+)\\.(\\d+)(?:\\.(\\d+))?", ""), ("\\d+(\\.\\d+)*", ""), ("(?<=\\.)\\d+", ""), ("(?<!\\.)\\d+", ""), ("\\d(?=\\.)", ""), ("\\d(?!\\.)", ""), ("[-_.]+", ""), ("[^A-Za-z0-9.]+", ""), ("\\s*#.*$", "m"), ("^\\s*(#|$)", "m"), ("^-e\\s+.*#egg=(.*)$", "m"),
    ("\\$Revision: (\\d+) \\$", ""), ("[[]", ""), ("[]]", ""), ("[^]]+", ""), ("[a&&b]", ""), ("[a--b]", ""), ("[a-]", ""), ("[\\w.-]+", ""), ("[\\W_]+", ""), ("a{2}", ""), ("a{,2}", ""), ("a{1,}", ""), ("a{2,3}?", ""), ("a{", ""), ("a{x}", ""), ("a{,}", ""), ("{", ""), ("x{1,2", ""),
    ("\\x61", ""), ("\\141", ""), ("\\0", ""), ("[\\141-\\143]+", ""), ("\\u0061", ""), ("(?x) a  # comment\n b", ""), ("a b", "x"), ("[ ]", "x"), ("\\ ", "x"), ("(?#note)a", ""), ("(?:ab)+", ""), ("(ab)+", ""), ("(ab|a)*b", ""), ("(?i:A)b", ""), ("a(?i)B", ""), ("(?s).b", ""), ("(?m)^b", ""),
    ("(a)?b(?(1)c|x)", ""), ("(a)?(?(1)b|x)", ""), ("(?>a*)b", ""), ("a*+b", ""), ("a++", ""), ("(?:a|b)*+", ""), ("(?=a)", ""), ("(?!a)", ""), ("(?!)", ""), ("(?=(a))\\1", ""), ("x*", ""), ("(?:x|)", ""), ("\\s*", ""), ("[,;]?", ""), (",|$", ""), ("(,)|(;)", ""), ("(?<=a)", ""), ("\\b|x", ""), ("(?=b)|a", ""),
    ("foo(?=bar)", ""), ("(foo)(?!bar)", ""), ("(.)\\1", ""), ("(?:(a)|b)+", ""), ("(a)|(b)|(c)", ""), ("(((a)))", ""), ("(?P<one>a)(?P<two>b)?", ""), ("\u00e9", ""), ("[\u00e0-\u00ff]", ""), ("\u00c9", "i"), ("[^\\x00-\\x7f]", ""), (".\\Z", ""), ("\\n", ""), ("\\t", ""), ("[\\b]", ""), ("\\.", ""), ("\\-", ""), ("\\#", ""), ("\\/", ""), ("(?:.*)*", ""), ("(?:a?b?)*", ""), ("(?:a*?)*", ""), ("(a?)*?b", ""), ("(a?b?)*", ""), ("(?:a?){3}", ""), ("(a?){3}", ""), ("(?:(?:a))*", ""), ("(?:^)*a", ""), ("(a+)+$", ""), ("^(a+)+b", ""),
    # What is refused.
    ("*", ""), ("a**", ""), ("a*??", ""), ("(", ""), (")", ""), ("(?", ""), ("(?P<", ""), ("(?P<1>a)", ""), ("(?P<a>x)(?P<a>y)", ""), ("(?P=x)", ""), ("(?Px)", ""), ("\\1", ""), ("(\\1)", ""), ("[", ""), ("[a", ""), ("[z-a]", ""), ("[\\d-z]", ""), ("\\", ""), ("a\\", ""), ("\\q", ""), ("[\\q]", ""), ("\\x1", ""), ("\\u12", ""), ("\\400", ""), ("a{2,1}", ""), ("^*", ""), ("$+", ""), ("\\b*", ""), ("(?<=a*)b", ""), ("(?<=a|bc)d", ""), ("(?<x)", ""), ("(?z)", ""), ("(?#x", ""), ("(?(1)a|b|c)", ""), ("(a)(?(2)b)", ""), ("(?(x)a)", ""), ("(?(0)a)", ""), ("(?i-i:a)", ""), ("(?-i:a)", "i"), ("(?au:a)", ""), ("a{99999999999}", ""), ("(?:a", ""), ("a|*", ""), ("(?<", ""), ("()*", ""), ("(?:)*", ""), ("(?=a)*", ""), ("a\n*\n**", ""), ("(?i", ""), ("\\8", ""), ("[\\8]", ""), ("(a)\\2", ""), ("(?P<n>a)(?P=n", ""), ("(?P<n", ""), ("(?P>n)", ""),
]
TEMPLATES = [
    "-", "", "<\\g<0>>", "\\1", "[\\1\\2]", "\\g<one>", "\\g<1>0", "\\10", "\\n\\t", "\\\\", "\\q", "\\.", "\\g<x>", "\\g<", "\\g<>", "\\g", "\\", "\\0", "\\141", "\\400", "\\g<1", "\\g<1a>", "\\3",
]
FLAGS = {"": 0, "i": re.I, "m": re.M, "s": re.S, "x": re.X, "a": getattr(re, "A", 0)}


def span(match):
    return match and [list(match.span(group)) for group in range(match.re.groups + 1)]


def outcome(function):
    try:
        return function()
    except re.error as error:
        return "error: %s" % error
    except (ValueError, IndexError, OverflowError) as error:
        return "%s: %s" % (type(error).__name__, error)


def one(pattern, flags, text):
    # Python 2 is asked with UNICODE, which is Python 3's default.
    bits = FLAGS[flags] | (re.U if str is bytes and flags != "a" else 0)
    compiled = re.compile(pattern, bits)
    return {
        "search": span(compiled.search(text)),
        "match": span(compiled.match(text)),
        "full": span(re.compile("(?:%s)\\Z" % pattern, bits).match(text)) if not hasattr(compiled, "fullmatch") else span(compiled.fullmatch(text)),
        "later": span(compiled.search(text, 1)),
        "all": [span(match) for match in compiled.finditer(text)],
        "last": [match.lastindex for match in compiled.finditer(text)],
        "split": outcome(lambda: compiled.split(text)),
        "split2": outcome(lambda: compiled.split(text, 2)),
        "sub": outcome(lambda: compiled.sub("<\\g<0>>", text)),
        "sub1": outcome(lambda: compiled.sub("-", text, 1)),
    }


def record():
    import warnings
    warnings.simplefilter("ignore")
    for pattern, flags in PATTERNS:
        try:
            re.compile(pattern, FLAGS[flags])
        except Exception as error:
            name = "error" if isinstance(error, re.error) else type(error).__name__
            print(json.dumps({"pattern": pattern, "flags": flags, "refused": "%s: %s" % (name, error)}))
            continue
        for text in TEXTS:
            result = one(pattern, flags, text)
            print(json.dumps({"pattern": pattern, "flags": flags, "text": text, "result": result}, sort_keys=True))
    for template in TEMPLATES:
        for pattern in ["(a)(b)?", "(?P<one>a)"]:
            result = outcome(lambda: re.sub(pattern, template, "xaby"))
            print(json.dumps({"pattern": pattern, "template": template, "result": result}))


def merge(sources):
    recorded = {}
    versions = [source.split("=")[0] for source in sources]
    for source in sources:
        version, path = source.split("=")
        with open(path) as file:
            for line in file:
                case = json.loads(line)
                key = (case["pattern"], case.get("flags"), case.get("text"), case.get("template"))
                recorded.setdefault(key, {})[version] = case.get("refused", case.get("result"))
    chosen = {}
    for (pattern, flags, text, template), results in recorded.items():
        # A version that refuses a pattern has no results with its texts (null), and the other way round.
        missing = "compiles" if text is None and template is None else None
        results = {version: results.get(version, missing) for version in versions}
        base = results[versions[-1]]
        results = {v: r for v, r in results.items() if v == versions[-1] or r != base}
        case = {"pattern": pattern, "flags": flags, "text": text, "template": template, "results": results}
        case = {name: value for name, value in case.items() if value is not None}
        chosen.setdefault((pattern, flags, template), []).append(case)
    for cases in chosen.values():
        # The three that say most: where versions differ, or much is found in little text.
        cases.sort(key=lambda case: (-len(case["results"]), -len(json.dumps(case["results"])) / (len(case.get("text", "")) + 8)))
        for case in cases if "--all" in sys.argv else cases[:3]:
            print(json.dumps(case, sort_keys=True))


if sys.argv[1] == "record":
    record()
else:
    merge([argument for argument in sys.argv[2:] if "=" in argument])
