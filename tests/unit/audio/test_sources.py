import pytest

from artvis.audio.sources import open_source
from artvis.errors import InputError


@pytest.mark.parametrize("spec", ["radio", "mic#3-4", "system#3", "auto:x", "demo:x", "file", "mic:"])
def test_a_spec_that_names_no_source_is_refused_with_the_forms_there_are(spec: str) -> None:
    with pytest.raises(InputError, match=f"no source {spec!r}; use auto, system, .*mic:NAME#3-4"):
        open_source(spec)
