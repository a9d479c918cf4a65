"""The benchmark, `make bench`: how long builds take, how much memory, and what a reader downloads, as the corpus grows.

words, corpus    a made-up chronology of any size, the same on every machine
hugo             the same entries for Hugo, and the least honest site that does the comparable job
processes        a programme run once: its time, its memory, and what the machine did besides
builds           what is built, edited and built again, in turns with Hugo
reader           what a browser is sent, and how long its scripts run
report           what was measured, as docs/benchmark.md tells it
"""
