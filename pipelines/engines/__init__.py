"""Where batches run. What a batch does is the business of the caller."""
