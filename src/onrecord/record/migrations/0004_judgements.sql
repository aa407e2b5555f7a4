-- What people ruled on parties holds in one dispute or everywhere, and every ruling can be taken back by another row:
-- target "judgement:12", field "judgement". Which rulings are in force: onrecord.record.judgements.ledger.

ALTER TABLE judgement ADD COLUMN dispute TEXT; -- NULL: everywhere
