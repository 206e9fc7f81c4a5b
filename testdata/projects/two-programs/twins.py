def castor():
    print('castor')


def pollux():
    print('pollux')
