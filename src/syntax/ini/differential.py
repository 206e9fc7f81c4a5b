"""Reads [dialect, text] pairs as JSON, prints what this Python's configparser makes of each."""
import configparser
import io
import json
import sys

answers = []
for dialect, text in json.load(sys.stdin):
    options = {
        "strict": {},
        "merged": {"strict": False},
        "valueless": {"allow_no_value": True},
        "inline": {"inline_comment_prefixes": ("#", ";"), "empty_lines_in_values": False},
        "basic": {},
    }[dialect]
    interpolation = configparser.BasicInterpolation() if dialect == "basic" else None
    parser = configparser.ConfigParser(interpolation=interpolation, **options)
    parser.optionxform = str
    try:
        # Text mode, as `open` has it.
        parser.read_file(io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
        answer = {s: {k: parser.get(s, k) for k in parser.options(s)} for s in parser.sections()}
        answers.append(answer)
    except configparser.ParsingError as error:
        line = getattr(error, "lineno", None) or error.errors[0][0]
        answers.append("%s %d" % (type(error).__name__, line))
    except configparser.InterpolationError as error:
        answers.append(type(error).__name__)
    except configparser.Error as error:
        answers.append("%s %d" % (type(error).__name__, error.lineno))
    except AttributeError:
        answers.append("AttributeError")
json.dump([sys.version_info[:2], answers], sys.stdout)
