#!/usr/bin/python3
"""The table of items with pandas, as most people would write it: read, group, write. Arguments: ratings.csv items.csv"""
import sys

import pandas

ratings = pandas.read_csv(sys.argv[1])
items = ratings.groupby(["item", "dimension"])["grade"].agg(["count", "median", "mean", "std", "min", "max"])
items.to_csv(sys.argv[2])
