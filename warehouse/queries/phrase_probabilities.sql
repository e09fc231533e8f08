-- One row per standard and phrase, columns in the record's order.
select standard, phrase, low, mid, high, origin from phrase_probabilities
