# The verbs of dev.py, for those who have make. `make test` is `python3 dev.py test`.
PYTHON ?= python3
VERBS = demo run test check lint cover bench gauntlet journeys screens golden lock

.PHONY: help $(VERBS)
help:
	@$(PYTHON) dev.py --help
$(VERBS):
	@$(PYTHON) dev.py $@
