"""What plays, by the players' own word: MPRIS on Linux, SMTC on Windows, a text file or an HTTP POST of DJ software.

Nothing of it is started, imported or asked unless the person has said so (`now_playing.use`); nothing leaves through
it. The words of players are untrusted: `words` cleans them before anybody else sees them, and none is ever logged.
"""
