"""A narrative report's own figures against each other: claims, slips of the pen, and a draft submission."""

from compliance.proofreading.claims import proofread
from compliance.proofreading.extract import extract
from compliance.proofreading.slips import find_slips

__all__ = ["extract", "find_slips", "proofread"]
