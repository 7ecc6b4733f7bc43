"""What we tell people: messages, channels, templates, languages."""
