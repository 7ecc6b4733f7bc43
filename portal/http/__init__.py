"""The HTTP, SSE and WebSocket face of the graph: what a request may be and how it is answered."""
