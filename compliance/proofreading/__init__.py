"""A narrative report's own figures against each other: claims, slips of the pen, and a draft submission."""
