"""What to paint (compose) and when (cadence), as functions of values.

Nothing here calls a back end, reads a clock or throws dice.
"""
