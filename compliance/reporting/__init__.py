"""What does the section Đánh giá chung say, and what is to be done next? From a check to an assessment."""
