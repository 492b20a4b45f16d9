"""Models → what a reader sees. Every function returns a value and writes nothing."""
