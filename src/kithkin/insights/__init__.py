"""What all of it says: the warehouse, questions asked of it, protected answers, and the pages that show them."""
