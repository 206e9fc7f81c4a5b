"""email: reading headers, as scripts do with PKG-INFO."""
import email
import email.parser
import io
import os

TEXT = """Metadata-Version: 1.1
Name: Demo
Version:  1.2
Description: first
        second
  third: x
Classifier: A
classifier: B
Empty:

Body: not a header
more
"""

message = email.message_from_string(TEXT)
assert message['Name'] == 'Demo'
assert message['NAME'] == 'Demo'
assert message['version'] == '1.2'
assert message['missing'] is None
assert message.get('missing', 'x') == 'x'
assert message.get('name', 'x') == 'Demo'
assert message['Description'] == 'first\n        second\n  third: x'
assert message['Classifier'] == 'A'
assert message.get_all('classifier') == ['A', 'B']
assert message.get_all('missing') is None
assert message.get_all('missing', []) == []
assert message['Empty'] == ''
assert 'name' in message
assert 'body' not in message
assert len(message) == 7
assert message.keys() == ['Metadata-Version', 'Name', 'Version', 'Description', 'Classifier', 'classifier', 'Empty']
assert message.values()[:2] == ['1.1', 'Demo']
assert message.items()[1] == ('Name', 'Demo')
assert dict(message.items())['classifier'] == 'B'
assert message.get_payload() == 'Body: not a header\nmore\n'

assert email.parser.Parser().parsestr(TEXT)['Name'] == 'Demo'
assert email.parser.HeaderParser().parsestr(TEXT).get_payload().startswith('Body')
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, 'data', 'lines.txt')) as source:
    assert email.message_from_file(source)['Name'] is None
assert email.message_from_string('A: 1\nno header\nB: 2\n').get_payload() == 'no header\nB: 2\n'
assert email.message_from_string('A: 1\nno header\nB: 2\n')['B'] is None
assert email.message_from_string('')['A'] is None
assert email.message_from_string('A: 1')['A'] == '1'
assert email.message_from_string('A: 1').get_payload() == ''
assert email.message_from_string('A b: 1\n').keys() == []
assert email.message_from_string('A: 1\n\n\nx').get_payload() == '\nx'
