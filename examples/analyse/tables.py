# Reads tables.csv and prints the practices of all companies, the lowest first:
#
#	python3 tables.py out/tables.csv
import sys
import pandas as pd

tables = pd.read_csv(sys.argv[1], dtype={"wave": "string", "level": "Int64"})
means = tables.query("cohort == 'all' and statistic == 'mean' and status == 'published'")
practices = means[(means.item != "overall") & (means.item != means.domain)].sort_values("value", kind="stable")
for p in practices.itertuples():
    print(f"{p.value:.2f} [{p.low:.2f}, {p.high:.2f}] {p.item} {p.item_title}")
