def main():
    print("legacy")
