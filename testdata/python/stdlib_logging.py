"""logging: handlers are classes, which scripts derive from and patch."""
import logging

assert issubclass(logging.StreamHandler, logging.Handler)
assert issubclass(logging.FileHandler, logging.StreamHandler)
assert issubclass(logging.NullHandler, logging.Handler)
assert isinstance(logging.StreamHandler(), logging.StreamHandler)
assert isinstance(logging.NullHandler(), logging.Handler)
assert logging.Formatter('%(message)s') is not None


class Quiet(logging.Handler):
    def emit(self, record):
        self.record = record


quiet = Quiet()
quiet.emit('said')
assert quiet.record == 'said'


def emit(self, record):
    return None


logging.StreamHandler.emit = emit
logger = logging.getLogger('assertions')
logger.setLevel(logging.CRITICAL)
logger.addHandler(logging.NullHandler())
assert logger.info('nothing is written') is None
