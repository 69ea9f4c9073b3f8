"""How many pixels a pass has: its WIDTH and HEIGHT, worked out from the size of the screen and the inputs.

A parser of a dozen operations does it; nothing of a file is ever evaluated as a program.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, cos, floor, fmod, isfinite, log, log2, sin, sqrt, trunc

Size = tuple[int, int]
LARGEST = 8192
MOST_BYTES = 1024 * 1024 * 1024
"""Of all buffers of a scene together: eight of 8 bits a channel on a screen of 8K."""
MOST_CHARACTERS = 400
DEEPEST = 40

_TOKEN = re.compile(
    r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(\$?[A-Za-z_]\w*)|(.))", re.DOTALL
)
_FUNCTIONS: dict[str, tuple[int, int, Callable[..., float]]] = {
    "floor": (1, 1, floor),
    "ceil": (1, 1, ceil),
    "round": (1, 1, lambda x: floor(x + 0.5)),
    "trunc": (1, 1, trunc),
    "abs": (1, 1, abs),
    "sqrt": (1, 1, sqrt),
    "sin": (1, 1, sin),
    "cos": (1, 1, cos),
    "log": (1, 1, log),
    "log2": (1, 1, log2),
    "min": (2, 8, min),
    "max": (2, 8, max),
    "pow": (2, 2, lambda x, power: float(x) ** power),
    "mod": (2, 2, fmod),
    "clamp": (3, 3, lambda x, low, high: min(max(x, low), high)),
}


def size_of(width: str, height: str, screen: Size, values: Mapping[str, float]) -> Size:
    """Pixels of a pass on a screen of this size, each within 1..LARGEST.

    `values` are the inputs that have one number. Raises ValueError with the reason where an expression cannot be
    read; what has no finite result (a division by zero) is the size of the screen.
    """
    known = {**values, "WIDTH": float(screen[0]), "HEIGHT": float(screen[1])}
    return _side(width, known, screen[0]), _side(height, known, screen[1])


def fitted(sizes: Sequence[Size], bytes_each: Sequence[int], most: int = MOST_BYTES) -> list[Size]:
    """The same sizes, or smaller ones of the same shape where together they take more than `most` bytes.

    `bytes_each`: what a texel of each takes.
    """
    total = sum(width * height * each for (width, height), each in zip(sizes, bytes_each, strict=True))
    if total <= most:
        return list(sizes)
    scale = sqrt(most / total)
    return [(max(1, int(width * scale)), max(1, int(height * scale))) for width, height in sizes]


def _side(expression: str, known: Mapping[str, float], screen: int) -> int:
    try:
        value = _Reading(expression, known).value()
    except (ArithmeticError, _NoNumberError):
        value = float(screen)
    if not isfinite(value):
        value = float(screen)
    return int(min(max(value, 1.0), float(LARGEST)))


class _NoNumberError(Exception):
    """An operation has no result for its arguments, as a root of -1."""


class _Reading:
    """One reading of one expression: sums of products of signed terms."""

    def __init__(self, expression: str, known: Mapping[str, float]) -> None:
        if len(expression) > MOST_CHARACTERS:
            raise ValueError(f"an expression of more than {MOST_CHARACTERS} characters")
        self._tokens = list(_tokens(expression))
        self._known = known
        self._at = 0
        self._depth = 0

    def value(self) -> float:
        result = self._sum()
        if self._next() is not None:
            raise ValueError(f"what is '{self._next()}' doing there?")
        return result

    def _next(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *wanted: str) -> str:
        token = self._next()
        if token is not None and token in wanted:
            self._at += 1
            return token
        return ""

    def _expect(self, wanted: str) -> None:
        if not self._take(wanted):
            raise ValueError(f"'{wanted}' is missing")

    def _sum(self) -> float:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("parentheses nested too deep")
        result = self._product()
        while sign := self._take("+", "-"):
            term = self._product()
            result = result + term if sign == "+" else result - term
        self._depth -= 1
        return result

    def _product(self) -> float:
        result = self._term()
        while sign := self._take("*", "/", "%"):
            factor = self._term()
            result = (
                result * factor
                if sign == "*"
                else result / factor
                if sign == "/"
                else _remainder(result, factor)
            )
        return result

    def _term(self) -> float:
        sign = 1.0
        while mark := self._take("-", "+"):
            sign = -sign if mark == "-" else sign
        return sign * self._atom()

    def _atom(self) -> float:
        if self._take("("):
            result = self._sum()
            self._expect(")")
            return result
        token = self._next()
        if token is None:
            raise ValueError("it ends too early")
        self._at += 1
        if token[0].isdigit() or token[0] == ".":
            return float(token)
        if token in _FUNCTIONS and self._next() == "(":
            return self._call(token)
        name = token.removeprefix("$")
        if name in self._known:
            return self._known[name]
        raise ValueError(f"'{token}' is not known")

    def _call(self, name: str) -> float:
        fewest, most, function = _FUNCTIONS[name]
        self._expect("(")
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._expect(")")
        if not fewest <= len(arguments) <= most:
            raise ValueError(f"{name}() takes {fewest} argument{'s' if fewest > 1 else ''}")
        try:
            return float(function(*arguments))
        except ValueError as error:  # a root or a logarithm that does not exist
            raise _NoNumberError from error


def _remainder(value: float, divisor: float) -> float:
    if divisor == 0 or not isfinite(value):
        raise _NoNumberError
    return fmod(value, divisor)


def _tokens(expression: str) -> Iterator[str]:
    for number, word, sign in _TOKEN.findall(expression.strip()):
        yield number or word or sign
