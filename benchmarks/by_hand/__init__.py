"""The rules of Long Phú written by hand: the yardstick of `bulk.py`."""
