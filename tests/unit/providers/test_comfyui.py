import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import comfyuiserver
import numpy as np
import pytest
from comfyuiserver import ComfyUIServer

from artvis.errors import InputError, ProviderError
from artvis.model.music import MusicState
from artvis.model.sections import ArtSection, ComfyUISection
from artvis.prompt.compose import compose
from artvis.providers.comfygraph import filled, marks
from artvis.providers.comfyui import ComfyUIProvider
from artvis.providers.provider import GeneratedImage

PROMPT = replace(compose(MusicState(), ArtSection(), history=(), seed=5), size=(96, 64))
LOOK_S = 0.02


@pytest.fixture
def server() -> Iterator[ComfyUIServer]:
    with ComfyUIServer() as server:
        yield server


@pytest.fixture
def provider(server: ComfyUIServer) -> Iterator[ComfyUIProvider]:
    provider = ComfyUIProvider(ComfyUISection(base_url=server.base_url), look_s=LOOK_S)
    yield provider
    provider.close()


def _generate(provider: ComfyUIProvider, *, seconds: float = 10.0) -> GeneratedImage:
    return provider.generate(PROMPT, deadline_s=seconds, idempotency_key="one")


def _fault(provider: ComfyUIProvider, *, seconds: float = 10.0) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        _generate(provider, seconds=seconds)
    return caught.value


def test_a_plain_workflow_is_queued_waited_for_and_its_picture_fetched(
    server: ComfyUIServer, provider: ComfyUIProvider
) -> None:
    server.looks = 2
    image = _generate(provider)
    assert image.pixels.shape == (64, 96, 3)
    assert (image.model, image.seed, image.cost_usd) == ("flux.safetensors", PROMPT.seed, 0.0)
    graph = server.calls[0].json["prompt"]
    assert graph["3"]["inputs"]["seed"] == PROMPT.seed
    assert graph["4"]["inputs"]["ckpt_name"] == "flux.safetensors"
    assert graph["5"]["inputs"] == {"width": 96, "height": 64, "batch_size": 1}
    assert graph["6"]["inputs"]["text"] == PROMPT.positive
    assert server.views == [{"filename": ["a_00001_.png"], "subfolder": [""], "type": ["output"]}]
    assert "origin" not in server.calls[0].headers


def test_a_saved_picture_is_taken_before_a_preview(server: ComfyUIServer, provider: ComfyUIProvider) -> None:
    preview = comfyuiserver.place("p.png", "", "temp")
    saved = comfyuiserver.place("s&t.png", "a b", "output")
    server.outputs = {"1": {"text": ["x"]}, "2": {"images": [preview]}, "9": {"images": [saved]}}
    _generate(provider)
    assert server.views == [{"filename": ["s&t.png"], "subfolder": ["a b"], "type": ["output"]}]


def test_a_picture_is_painted_on_the_one_before(server: ComfyUIServer, provider: ComfyUIProvider) -> None:
    before = np.zeros((64, 96, 3), np.uint8)
    provider.generate(PROMPT, deadline_s=10, idempotency_key="one", image=before)
    graph = server.calls[0].json["prompt"]
    assert b"\x89PNG" in server.uploads[0].body
    assert graph["10"]["inputs"]["image"] == "artvis.png"
    assert 0.40 <= graph["3"]["inputs"]["denoise"] <= 0.55


def test_a_workflow_of_ones_own_is_filled_in_the_tree_and_not_in_its_text(
    server: ComfyUIServer, tmp_path: Path
) -> None:
    own = {
        "1": {"class_type": "Text", "inputs": {"text": "oil, %prompt%, %seed%", "n": "%seed%", "on": True}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0]}},
    }
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(own))
    provider = ComfyUIProvider(ComfyUISection(base_url=server.base_url, workflow=str(file)), look_s=LOOK_S)
    quoting = replace(PROMPT, positive='a "quoted" %seed% \\ word')
    image = provider.generate(quoting, deadline_s=10, idempotency_key="one")
    provider.close()
    inputs = server.calls[0].json["prompt"]["1"]["inputs"]
    seed = PROMPT.seed
    assert inputs == {"text": f'oil, a "quoted" %seed% word, {seed}', "n": seed, "on": True}
    assert image.model == "mine"
    assert not provider.continues


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "no JSON"),
        ('{"nodes": [], "links": []}', "API format"),
        ("[]", "API format"),
        ('{"1": {"class_type": "SaveImage", "inputs": {"text": "a well"}}}', "%prompt%"),
    ],
)
def test_a_workflow_that_cannot_be_used_is_refused_before_any_call(
    tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text)
    with pytest.raises(InputError, match=sentence):
        ComfyUIProvider(ComfyUISection(workflow=str(file)))
    with pytest.raises(InputError, match="cannot be read"):
        ComfyUIProvider(ComfyUISection(workflow=str(tmp_path / "none.json")))


def test_marks_are_found_and_filled_everywhere() -> None:
    tree = {"a": ["%width%", {"b": "%height% px"}], "c": 1}
    assert marks(tree) == {"width", "height"}
    assert filled(tree, {"width": 8, "height": 6}) == {"a": [8, {"b": "6 px"}], "c": 1}


def test_a_success_with_node_errors_is_a_failure_and_what_was_queued_is_taken_out(
    server: ComfyUIServer, provider: ComfyUIProvider
) -> None:
    server.answers = [comfyuiserver.half_queued]
    error = _fault(provider)
    assert error.kind == "request"
    assert "SaveImage" in str(error)
    job = server.jobs[0]
    assert server.told == [("queue", {"delete": [job]}), ("interrupt", {"prompt_id": job})]


def test_a_job_that_was_deleted_is_not_waited_for(server: ComfyUIServer, provider: ComfyUIProvider) -> None:
    server.deleted = True
    assert (_fault(provider).kind, server.told) == ("request", [])


def test_a_job_that_does_not_end_is_withdrawn_at_the_deadline(
    server: ComfyUIServer, provider: ComfyUIProvider
) -> None:
    server.looks = 10_000
    assert _fault(provider, seconds=0.3).kind == "timeout"
    assert [what for what, _ in server.told] == ["queue", "interrupt"]


def test_cancel_ends_the_wait_and_the_job_and_the_next_picture_comes(
    server: ComfyUIServer, provider: ComfyUIProvider
) -> None:
    server.looks = 10_000
    timer = threading.Timer(0.2, provider.cancel)
    timer.start()
    assert _fault(provider).kind == "cancelled"
    timer.join()
    assert server.told[-1][0] == "interrupt"
    server.looks, server.jobs = 0, []
    assert _generate(provider).pixels.shape == (64, 96, 3)


def test_a_traceback_of_the_server_is_not_quoted(server: ComfyUIServer, provider: ComfyUIProvider) -> None:
    server.status = comfyuiserver.failed(
        "execution_error",
        exception_type="torch.OutOfMemoryError",
        exception_message="Allocation on device /home/ann/ComfyUI/x.py\nmore",
        traceback=["File /home/ann/ComfyUI/execution.py, line 1"],
    )
    sentence = str(_fault(provider))
    assert "KSampler: Allocation on device [path]" in sentence
    assert "art.size" in sentence
    assert "ann" not in sentence
