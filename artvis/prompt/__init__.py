"""What to paint (compose), when (cadence) and for how much (budget), as functions of values.

Nothing here calls a back end, reads a clock or throws dice.
"""
