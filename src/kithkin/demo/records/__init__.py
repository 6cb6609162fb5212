"""Single answers, requests and figures of the simulated company, which add up to its panel.

Pure, like the panel: the same seed gives the same rows, so that a load which was killed goes on where it stopped.
"""
