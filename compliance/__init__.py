"""Tuân Thủ: rules-based compliance checks for half-year IT reports in Vietnamese local government."""

__version__ = "0.1.0"
