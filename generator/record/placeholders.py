"""Words that `build.py new` puts where only the contributor knows what to say; none of them is published."""

TEXT = "Say here, in two to eight plain sentences, what happened"
TITLE = "[what the page is about]"
PUBLISHER = "who published it"
NOTE = "The address is still to be added."
SUMMARY = "One sentence."
QUESTION = "What is asked?"
SAYS = "What one side says"
