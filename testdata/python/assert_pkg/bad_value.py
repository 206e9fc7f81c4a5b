from .module_a import not_there
