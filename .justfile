# What one runs here, in one place: `just` lists it. On Windows use the commands themselves.

python := if path_exists(".venv/bin/python") == "true" { ".venv/bin/python" } else { "python3" }

# what there is
default:
    @just --list --unsorted

# before a commit: lint, types, import contracts, and the tests that take under a minute
quick: lint
    {{ python }} -m pytest -m "not slow"

# lint, formatting, types, import contracts
lint:
    {{ python }} -m ruff check perfmon_xl tests report_templates xlsx_templates addin
    {{ python }} -m ruff format --check perfmon_xl tests report_templates xlsx_templates addin
    {{ python }} -m mypy
    {{ python }} -c "from importlinter.cli import lint_imports_command as run; run()"

# everything, on a clean checkout, with the tools it lacks installed
full:
    .ci/run

# what is generated and committed: workbooks, rule catalogue, add-in
generated:
    {{ python }} xlsx_templates/refresh.py
    {{ python }} -m perfmon_xl addin build

# the golden files anew; read the difference
goldens:
    {{ python }} -m pytest tests/rules --update-goldens

# the pictures of the READMEs (LibreOffice, poppler)
pictures:
    {{ python }} tests/pictures.py

# mutants of the rules that no example notices
mutants:
    {{ python }} tests/mutation.py
