"""Process wiring: settings, ASGI app, command line, embedded services."""
