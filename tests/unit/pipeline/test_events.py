"""The mailbox keeps order and loses nothing, whoever posts."""

import threading

from artvis.pipeline.events import Mailbox


def test_messages_of_four_threads_arrive_once_each_and_in_the_order_of_their_thread() -> None:
    box: Mailbox[tuple[int, int]] = Mailbox()

    def post(thread: int) -> None:
        for number in range(500):
            box.post((thread, number))

    threads = [threading.Thread(target=post, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    arrived = []
    while any(thread.is_alive() for thread in threads):
        arrived += box.drain()
    for thread in threads:
        thread.join()
    arrived += box.drain()
    for thread_number in range(4):
        numbers = [number for thread, number in arrived if thread == thread_number]
        assert numbers == list(range(500))


def test_an_empty_mailbox_gives_nothing_and_does_not_wait() -> None:
    assert Mailbox[int]().drain() == []
