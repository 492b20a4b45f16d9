"""For those who write packs: lint, cases, and the documents generated from packs and messages."""
