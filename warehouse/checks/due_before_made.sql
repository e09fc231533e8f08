-- Claims due before they were made.
select claim_id, reader, due_latest, made_earliest from claims where due_latest < made_earliest
