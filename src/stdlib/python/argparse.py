# `argparse`: parsing of the arguments that are there. Help texts, sub-parsers and files of arguments are not modelled.
import sys as _sys

SUPPRESS = '==SUPPRESS=='
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
REMAINDER = '...'
PARSER = 'A...'


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter(object):
    def __init__(self, *arguments, **keywords):
        pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class Namespace(object):
    def __init__(self, **keywords):
        for name in keywords:
            setattr(self, name, keywords[name])

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __ne__(self, other):
        return not self == other

    def __contains__(self, name):
        return name in self.__dict__

    def __repr__(self):
        if _sys.version_info < (3, 9):
            pairs = sorted(vars(self).items())
        else:
            pairs = vars(self).items()
        return 'Namespace(%s)' % ', '.join('%s=%r' % pair for pair in pairs)


class Action(object):
    def __init__(self, option_strings=(), dest=None, nargs=None, const=None, default=None, type=None, choices=None,
                 required=False, help=None, metavar=None):
        self.option_strings = list(option_strings)
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar


_KINDS = ('store', 'store_const', 'store_true', 'store_false', 'append', 'append_const', 'count', 'help', 'version',
          'extend')


class _Container(object):
    def __init__(self, parser):
        self._parser = parser

    def add_argument(self, *flags, **keywords):
        return self._parser._add(flags, keywords)

    def add_argument_group(self, *arguments, **keywords):
        return _Container(self._parser)

    def add_mutually_exclusive_group(self, **keywords):
        return _Container(self._parser)

    def set_defaults(self, **keywords):
        self._parser._set_defaults(keywords)

    def get_default(self, dest):
        for action in self._parser._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._parser._defaults.get(dest)

    def __getattr__(self, name):
        return __spx_unknown__('`argparse.ArgumentParser.%s` is not modelled' % name)


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None,
                 prefix_chars='-', fromfile_prefix_chars=None, argument_default=None, conflict_handler='error',
                 add_help=True, allow_abbrev=True, exit_on_error=True):
        _Container.__init__(self, self)
        if prog is None:
            prog = _sys.argv[0].split('/')[-1]
        self.prog = prog
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self.add_help = add_help
        self._actions = []
        self._defaults = {}
        self._default = argument_default
        self._abbreviate = allow_abbrev
        self._beyond = fromfile_prefix_chars is not None or prefix_chars != '-'
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)
        if add_help and not any('--help' in action.option_strings for action in self._actions):
            self.add_argument('-h', '--help', action='help', default=SUPPRESS)

    def _set_defaults(self, keywords):
        self._defaults.update(keywords)
        for action in self._actions:
            if action.dest in keywords:
                action.default = keywords[action.dest]

    def _add(self, flags, keywords):
        kind = keywords.pop('action', 'store') or 'store'
        if kind not in _KINDS:
            self._beyond = True
            kind = 'store'
        dest = keywords.pop('dest', None)
        options = [flag for flag in flags if flag[:1] == '-']
        if not flags and dest is None:
            raise TypeError('add_argument() needs a name')
        if dest is None and options:
            named = [flag for flag in options if flag[:2] == '--'] or options
            dest = named[0].lstrip('-').replace('-', '_')
        elif dest is None:
            dest = flags[0]
        keywords.pop('version', None)
        if 'default' not in keywords:
            if dest in self._defaults:
                keywords['default'] = self._defaults[dest]
            elif self._default is not None:
                keywords['default'] = self._default
            elif kind == 'store_true':
                keywords['default'] = False
            elif kind == 'store_false':
                keywords['default'] = True
        if kind in ('store_true', 'store_false'):
            keywords['const'] = kind == 'store_true'
        if kind in ('help', 'version'):
            keywords['default'] = SUPPRESS
        for flag in options:
            for known in self._actions:
                if flag in known.option_strings:
                    raise ArgumentError('conflicting option string: %s' % flag)
        action = Action(options, dest, **keywords)
        action.kind = kind
        action.takes = kind in ('store', 'append', 'extend')
        if not options:
            action.required = action.nargs not in ('?', '*', REMAINDER)
        self._actions.append(action)
        return action

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        return None

    def print_usage(self, file=None):
        return None

    def parse_args(self, args=None, namespace=None):
        namespace, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error('unrecognized arguments')
        return namespace

    def _option(self, text):
        """The action of an option as written, and the value behind its `=`."""
        name, equals, value = text.partition('=')
        value = value if equals else None
        for action in self._actions:
            if text in action.option_strings:
                return action, None
            if name in action.option_strings:
                return action, value
        if text[:2] == '--':
            if not self._abbreviate:
                return None, None
            found = []
            for action in self._actions:
                for flag in action.option_strings:
                    if flag.startswith(name) and action not in found:
                        found.append(action)
            if len(found) > 1:
                self.error('ambiguous option')
            if found:
                return found[0], value
            return None, None
        for action in self._actions:
            for flag in action.option_strings:
                if len(flag) == 2 and text.startswith(flag):
                    return action, text[2:]
        return None, None

    def _convert(self, action, text):
        if isinstance(action.type, str):
            self._beyond = True
        if action.type is not None:
            try:
                text = action.type(text)
            except (ValueError, TypeError, ArgumentTypeError):
                self.error('invalid value')
        if action.choices is not None and text not in action.choices:
            self.error('invalid choice')
        return text

    def _apply(self, action, namespace, values):
        dest = action.dest
        if action.kind in ('help', 'version'):
            self.exit(0)
        elif action.kind in ('store_true', 'store_false', 'store_const'):
            setattr(namespace, dest, action.const)
        elif action.kind == 'store':
            setattr(namespace, dest, values)
        elif action.kind == 'append':
            setattr(namespace, dest, list(getattr(namespace, dest, None) or []) + [values])
        elif action.kind == 'extend':
            setattr(namespace, dest, list(getattr(namespace, dest, None) or []) + list(values))
        elif action.kind == 'append_const':
            setattr(namespace, dest, list(getattr(namespace, dest, None) or []) + [action.const])
        elif action.kind == 'count':
            setattr(namespace, dest, (getattr(namespace, dest, None) or 0) + 1)

    def parse_known_args(self, args=None, namespace=None):
        args = list(_sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        if self._beyond:
            return __spx_unknown__('this parser of arguments is not modelled')
        seen = []
        for action in self._actions:
            if action.default is not SUPPRESS and action.dest is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for name in self._defaults:
            if not hasattr(namespace, name):
                setattr(namespace, name, self._defaults[name])
        places = [action for action in self._actions if not action.option_strings]
        if len([action for action in places if action.nargs is not None]) > 1 or REMAINDER in [
                action.nargs for action in places]:
            return __spx_unknown__('several arguments of variable number are not modelled')
        numbers = any(flag[1:2].isdigit() for action in self._actions for flag in action.option_strings)
        loose = []
        rest = []
        left = []
        at = 0
        while at < len(args):
            text = args[at]
            at += 1
            if text == '--':
                if not places:
                    return __spx_unknown__('arguments behind `--` are not modelled')
                loose.extend(args[at:])
                break
            negative = text[1:].replace('.', '', 1).isdigit() and not numbers
            if text[:1] != '-' or text == '-' or negative or ' ' in text:
                loose.append(text)
                left.append(text)
                continue
            action, value = self._option(text)
            if action is None:
                rest.append(text)
                left.append(text)
                continue
            if not action.takes:
                if value is not None and text[:2] != '--' and text[:2] in action.option_strings:
                    args.insert(at, '-' + value)
                elif value is not None:
                    self.error('ignored explicit argument')
                seen.append(action)
                self._apply(action, namespace, None)
                continue
            given = []
            if value is not None:
                given.append(value)
            else:
                most = {None: 1, '?': 1}.get(action.nargs, action.nargs)
                while at < len(args) and (not isinstance(most, int) or len(given) < most):
                    if args[at][:1] == '-' and args[at] != '-' and not args[at][1:].replace('.', '', 1).isdigit():
                        break
                    given.append(args[at])
                    at += 1
            wanted = action.nargs
            if wanted is None and len(given) != 1 or wanted == '+' and not given or isinstance(
                    wanted, int) and len(given) != wanted:
                self.error('expected another number of arguments')
            seen.append(action)
            if wanted == '?' and not given:
                values = action.const
            else:
                values = [self._convert(action, part) for part in given]
                if wanted is None or wanted == '?':
                    values = values[0]
            self._apply(action, namespace, values)
        needed = 0
        for action in places:
            needed += {None: 1, '+': 1, '?': 0, '*': 0}.get(action.nargs, action.nargs)
        spare = len(loose) - needed
        for action in places:
            least = {None: 1, '+': 1, '?': 0, '*': 0}.get(action.nargs, action.nargs)
            take = least
            if spare > 0 and action.nargs in ('*', '+'):
                take, spare = least + spare, 0
            elif spare > 0 and action.nargs == '?':
                take, spare = 1, spare - 1
            part, loose = loose[:take], loose[take:]
            if len(part) < least:
                self.error('too few arguments')
            if action.nargs in ('?', '*') and not part:
                values = action.default
                if action.nargs == '*' and values is None:
                    values = []
                if isinstance(values, str):
                    values = self._convert(action, values)
            else:
                values = [self._convert(action, text) for text in part]
                if action.nargs in (None, '?'):
                    values = values[0]
            seen.append(action)
            self._apply(action, namespace, values)
        for action in self._actions:
            if action not in seen and action.required:
                self.error('the following arguments are required')
            default = action.default
            if action not in seen and isinstance(default, str) and action.option_strings and action.type is not None:
                if default != SUPPRESS and getattr(namespace, action.dest, None) is default:
                    setattr(namespace, action.dest, self._convert(action, default))
        if not places:
            return namespace, left
        if rest and loose:
            return __spx_unknown__('the order of arguments that are left over is not modelled')
        return namespace, rest + loose
