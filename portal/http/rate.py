"""How many messages one socket may send."""

import time

from portal.http.values import FaceValues


class Rate:
    """A bucket of messages that fills steadily."""

    __slots__ = ("_at", "_left", "_per_second", "_size")

    def __init__(self, values: FaceValues) -> None:
        self._per_second = values.messages_per_second
        self._size = float(values.message_burst)
        self._left = self._size
        self._at = time.monotonic()

    def allows(self) -> bool:
        """Take one message out, if there is one."""
        now = time.monotonic()
        self._left = min(self._size, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
