"""What is known: frozen types and the pure functions on them.  Imports nothing else of ours, and reads nothing."""
