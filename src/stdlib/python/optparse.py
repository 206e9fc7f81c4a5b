# `optparse`: parsing of the arguments that are there. Help texts and callbacks are not modelled.
import sys as _sys

NO_DEFAULT = ('NO', 'DEFAULT')
SUPPRESS_HELP = 'SUPPRESSHELP'
SUPPRESS_USAGE = 'SUPPRESSUSAGE'


class OptParseError(Exception):
    pass


class OptionError(OptParseError):
    pass


class OptionConflictError(OptionError):
    pass


class OptionValueError(OptParseError):
    pass


class BadOptionError(OptParseError):
    pass


class HelpFormatter(object):
    def __init__(self, *arguments, **keywords):
        pass


class IndentedHelpFormatter(HelpFormatter):
    pass


class TitledHelpFormatter(HelpFormatter):
    pass


class Values(object):
    def __init__(self, defaults=None):
        for name in defaults or {}:
            setattr(self, name, defaults[name])

    def ensure_value(self, name, value):
        if getattr(self, name, None) is None:
            setattr(self, name, value)
        return getattr(self, name)

    def __eq__(self, other):
        return vars(self) == (vars(other) if isinstance(other, Values) else other)

    def __ne__(self, other):
        return not self == other


class Option(object):
    def __init__(self, *flags, **keywords):
        self._flags = [flag for flag in flags if flag]
        self.action = keywords.get('action') or 'store'
        self.type = keywords.get('type')
        if self.type in (int, str, float):
            self.type = {int: 'int', str: 'string', float: 'float'}[self.type]
        self.dest = keywords.get('dest')
        self.default = keywords.get('default', NO_DEFAULT)
        self.nargs = keywords.get('nargs')
        self.const = keywords.get('const')
        self.choices = keywords.get('choices')
        self.help = keywords.get('help')
        self.metavar = keywords.get('metavar')
        if self.type is None and self.choices is not None:
            self.type = 'choice'
        if self.dest is None and self.action not in ('help', 'version', 'callback'):
            named = [flag for flag in self._flags if flag[:2] == '--']
            self.dest = named[0][2:].replace('-', '_') if named else self._flags[0][1]

    def takes_value(self):
        return self.action in ('store', 'append')


make_option = Option


class OptionContainer(object):
    def __init__(self, parser):
        self._parser = parser

    def add_option(self, *arguments, **keywords):
        if len(arguments) == 1 and isinstance(arguments[0], Option) and not keywords:
            option = arguments[0]
        else:
            option = Option(*arguments, **keywords)
        self._parser.option_list.append(option)
        if option.dest is not None:
            if option.default is not NO_DEFAULT:
                self._parser.defaults[option.dest] = option.default
            elif option.dest not in self._parser.defaults:
                self._parser.defaults[option.dest] = None
        return option

    def add_options(self, options):
        for option in options:
            self.add_option(option)

    def __getattr__(self, name):
        return __spx_unknown__('`optparse.OptionParser.%s` is not modelled' % name)


class OptionGroup(OptionContainer):
    def __init__(self, parser, title=None, description=None):
        OptionContainer.__init__(self, parser)
        self.title = title


class OptionParser(OptionContainer):
    def __init__(self, usage=None, option_list=None, option_class=Option, version=None, conflict_handler='error',
                 description=None, formatter=None, add_help_option=True, prog=None, epilog=None):
        OptionContainer.__init__(self, self)
        self.option_list = []
        self.defaults = {}
        self.usage = usage
        self.version = version
        self.description = description
        self.epilog = epilog
        self.prog = prog
        self.values = None
        self._mixed = True
        self._class = option_class
        for option in option_list or ():
            self.add_option(option)
        if add_help_option:
            self.add_option('-h', '--help', action='help')
        if version:
            self.add_option('--version', action='version')

    def add_option_group(self, *arguments, **keywords):
        if arguments and isinstance(arguments[0], OptionGroup):
            return arguments[0]
        return OptionGroup(self, *arguments, **keywords)

    def set_defaults(self, **keywords):
        self.defaults.update(keywords)

    def set_default(self, dest, value):
        self.defaults[dest] = value

    def get_default_values(self):
        return Values(self.defaults)

    def disable_interspersed_args(self):
        self._mixed = False

    def enable_interspersed_args(self):
        self._mixed = True

    def set_usage(self, usage):
        self.usage = usage

    def has_option(self, flag):
        return any(flag in option._flags for option in self.option_list)

    def get_option(self, flag):
        for option in self.option_list:
            if flag in option._flags:
                return option

    def remove_option(self, flag):
        option = self.get_option(flag)
        if option is None:
            raise ValueError('no such option %r' % flag)
        self.option_list.remove(option)

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, msg=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        return None

    def print_usage(self, file=None):
        return None

    def print_version(self, file=None):
        return None

    def _convert(self, option, text):
        kind = option.type
        if kind in ('int', 'long', 'float'):
            try:
                if kind == 'float':
                    return float(text)
                low = text.lower()
                base = 16 if low[:2] == '0x' else 2 if low[:2] == '0b' else 8 if low[:1] == '0' and low[1:] else 10
                return int(text[2:] or '0', 2) if base == 2 else int(text, base)
            except ValueError:
                self.error('invalid value')
        if kind == 'choice' and text not in option.choices:
            self.error('invalid choice')
        return text

    def _find(self, flag):
        option = self.get_option(flag)
        if option is None and flag[:2] == '--':
            near = [known for known in self.option_list if any(name.startswith(flag) for name in known._flags)]
            option = near[0] if len(near) == 1 else None
        if option is None:
            self.error('no such option')
        return option

    def _apply(self, option, values, value):
        if option.action == 'help' or option.action == 'version':
            self.exit(0)
        elif option.action == 'store':
            setattr(values, option.dest, value)
        elif option.action in ('store_true', 'store_false'):
            setattr(values, option.dest, option.action == 'store_true')
        elif option.action == 'store_const':
            setattr(values, option.dest, option.const)
        elif option.action == 'append':
            values.ensure_value(option.dest, []).append(value)
        elif option.action == 'append_const':
            values.ensure_value(option.dest, []).append(option.const)
        elif option.action == 'count':
            setattr(values, option.dest, values.ensure_value(option.dest, 0) + 1)

    def parse_args(self, args=None, values=None):
        args = list(_sys.argv[1:] if args is None else args)
        if self._class is not Option or any(option.action == 'callback' for option in self.option_list):
            return __spx_unknown__('this parser of options is not modelled')
        if values is None:
            defaults = dict(self.defaults)
            for option in self.option_list:
                given = defaults.get(option.dest)
                if isinstance(given, str) and option.dest is not None:
                    defaults[option.dest] = self._convert(option, given)
            values = Values(defaults)
        rest = []
        while args:
            text = args.pop(0)
            if text == '--':
                break
            if text[:2] == '--':
                flag, equals, value = text.partition('=')
                option = self._find(flag)
                if not option.takes_value():
                    if equals:
                        self.error('this option does not take a value')
                    self._apply(option, values, None)
                    continue
                if equals:
                    args.insert(0, value)
                self._take(option, values, args)
            elif text[:1] == '-' and len(text) > 1:
                at = 1
                while at < len(text):
                    option = self._find('-' + text[at])
                    at += 1
                    if option.takes_value():
                        if at < len(text):
                            args.insert(0, text[at:])
                        self._take(option, values, args)
                        break
                    self._apply(option, values, None)
            elif self._mixed:
                rest.append(text)
            else:
                args.insert(0, text)
                break
        self.values = values
        return values, rest + args

    def _take(self, option, values, args):
        count = option.nargs or 1
        if len(args) < count:
            self.error('this option requires an argument')
        taken = [self._convert(option, args.pop(0)) for _ in range(count)]
        self._apply(option, values, taken[0] if count == 1 else tuple(taken))
