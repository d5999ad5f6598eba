#!/usr/bin/python3
"""Says whether two tables of items hold the same numbers, to six decimals. Arguments: ours.csv theirs.csv"""
import sys

import pandas

names = ["item", "criterion", "n", "median", "mean", "sd", "min", "max"]
ours, theirs = (pandas.read_csv(path, header=0, names=names).sort_values("item", ignore_index=True) for path in sys.argv[1:3])
same = (ours["item"] == theirs["item"]).all() and len(ours) == len(theirs)
for name in names[2:]:
    same = same and ((ours[name] - theirs[name]).abs().fillna(0) < 1e-6).all() and (ours[name].isna() == theirs[name].isna()).all()
print("the same" if same else "DIFFERENT")
