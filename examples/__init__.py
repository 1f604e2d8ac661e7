"""Example practice and plan files; they ship with the program so that it can show itself."""
