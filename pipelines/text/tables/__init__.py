"""Tables: where they are in a text, and what the figures in their cells are of.

A cell never becomes part of a sentence. A figure is bound by the headings of its row and column;
where these say too little, its numerals go to the ledger.
"""
