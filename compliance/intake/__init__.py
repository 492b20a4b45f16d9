"""From files to models, or problems with a line or a cell; bad input never raises."""
