import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from artvis.ui.bridge import Bridge

pytestmark = pytest.mark.window


def test_events_of_worker_threads_arrive_in_order_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    arrived: list[tuple[int, bool]] = []
    gui = QThread.currentThread()
    bridge.on_event = lambda event: arrived.append((event, QThread.currentThread() is gui))
    worker = threading.Thread(target=lambda: [bridge.post(number) for number in range(50)])
    worker.start()
    worker.join()
    assert arrived == []
    qtbot.waitUntil(lambda: len(arrived) == 50)
    assert arrived == [(number, True) for number in range(50)]


def test_an_event_that_breaks_its_handler_does_not_stop_the_next(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    bridge = Bridge()
    arrived: list[int] = []

    def handle(event: int) -> None:
        if event == 1:
            raise ValueError("broken")
        arrived.append(event)

    bridge.on_event = handle
    for number in range(3):
        bridge.post(number)
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert arrived == [0, 2]
    assert "an event of int was lost" in caplog.text
