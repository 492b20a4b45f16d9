"""What do the rules say of the figures? Pure functions from models to models."""
