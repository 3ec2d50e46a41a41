"""The steps from the raw public tables to foods/*.csv: one module a step, judgements as data beside."""
