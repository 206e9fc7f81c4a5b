def main():
    print("three")
