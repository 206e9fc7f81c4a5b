def main():
    print "two"
