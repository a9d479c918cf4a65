"""What is known: frozen types and the pure functions on them.  Imports nothing else of ours, and reads nothing.

model.py     the records of a chronology
outline.py   of an entry, what lists and charts are made of
site.py      the whole chronology, and what pages may ask of it
tracking.py  how it is asked, and how what a page reads is tracked
keys.py      what was asked, and the number that stands for it
problems.py  what is wrong with the content, and where
urls.py      slugs and permalinks

edtf.py          dates
loose_dates.py, loose_times.py, month_names.py  what was probably meant by one that is none
clock.py         times of day
counting.py      numbers of things, in words
sentences.py     where sentences begin and end
ground.py        lines on a map
forges.py        web pages of a repository
placeholders.py  words that only a contributor can replace
tuples.py        named tuples that are quickly defined
"""
