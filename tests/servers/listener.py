"""A listener that nobody should find: it shows that nothing leaves the machine."""

from __future__ import annotations

import socket
import threading


class Listener:
    """A real listener on a free port that counts who connects and hangs up on them."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.connections = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def knock(self) -> int:
        """Connect once ourselves and return how many connected before us.

        The backlog is a queue: when our own connection was hung up on, all earlier ones have
        been counted, so no waiting time is needed to know that nobody came.
        """
        port = int(self.url.rpartition(":")[2].rstrip("/"))
        with socket.create_connection(("127.0.0.1", port)) as own:
            own.recv(1)
        self.connections -= 1
        return self.connections

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # closing alone would leave accept() waiting
        self._thread.join()
        self._socket.close()
