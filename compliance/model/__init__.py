"""The nouns: frozen, strict models. No input or output, no clock, no arithmetic beyond a noun's own."""
