# `setuptools.depends`: constants out of modules that are not imported.
import ast as _ast
import os as _os
import sys as _sys


def _first(body, symbol, default):
    """What the first assignment to the name gives: (found, value)."""
    for statement in body:
        targets = []
        if isinstance(statement, _ast.Assign):
            targets = statement.targets
        elif type(statement).__name__ == 'AnnAssign' and statement.value is not None:
            targets = [statement.target]
        if any(isinstance(target, _ast.Name) and target.id == symbol for target in targets):
            if len(targets) > 1:
                return True, __spx_unknown__('`get_module_constant` of several names at once is not modelled')
            try:
                value = _ast.literal_eval(statement.value)
            except ValueError:
                return True, default
            return True, default if isinstance(value, (list, dict, set)) else value
        for inner in ('body', 'orelse', 'finalbody'):
            if not isinstance(statement, (_ast.FunctionDef, _ast.ClassDef)) and getattr(statement, inner, None):
                found = _first(getattr(statement, inner), symbol, default)
                if found[0]:
                    return found
    return False, None


def get_module_constant(module, symbol, default=-1, paths=None):
    for directory in paths or _sys.path:
        base = _os.path.join(directory, *module.split('.'))
        for path in (_os.path.join(base, '__init__.py'), base + '.py'):
            if _os.path.isfile(path):
                with open(path, 'rb') as file:
                    return _first(_ast.parse(file.read()).body, symbol, default)[1]
    return __spx_unknown__('which modules are installed depends on the Python that builds')
