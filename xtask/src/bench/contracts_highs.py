"""The plan of contracts as a mixed-integer programme for HiGHS: contracts_highs.py PROBLEM.json LIMIT, JSON on stdout.

For each group: one date or none (y), and whether its reductions count (z). For each thing: one way apart or together (x);
together only on the group's date, reductions (w) only where z, z only where enough end together. In each period no more
runs than its capacity.
"""

import json
import sys
import time

import highspy
import numpy


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        problem = json.load(file)
    begun = time.time()
    costs, names = [], []
    rows = []  # (least, most, [(column, amount)])
    periods = [[] for _ in problem["capacities"]]

    def column(cost):
        costs.append(cost)
        return len(costs) - 1

    def uses(of, way):
        for period in way["uses"]:
            periods[period].append((of, 1.0))

    infinity = highspy.kHighsInf
    for group in problem["groups"]:
        dates = []
        for date in group["dates"]:
            y, z = column(date["cost"]), column(0.0)
            uses(y, date)
            rows.append((-infinity, 0.0, [(z, 1.0), (y, -1.0)]))
            dates.append((y, z))
        rows.append((-infinity, 1.0, [(y, 1.0) for y, _ in dates]))
        joined = [[] for _ in dates]
        for thing in group["things"]:
            one = []
            for way in thing["apart"]:
                x = column(way["cost"])
                uses(x, way)
                one.append((x, 1.0))
            for place, ways in enumerate(thing["together"]):
                together = []
                for way in ways:
                    x = column(way["cost"])
                    uses(x, way)
                    together.append((x, 1.0))
                if not together:
                    continue
                y, z = dates[place]
                rows.append((-infinity, 0.0, together + [(y, -1.0)]))
                joined[place] += together
                if thing["reductions"][place] > 0:
                    w = column(-thing["reductions"][place])
                    rows.append((-infinity, 0.0, [(w, 1.0), (z, -1.0)]))
                    rows.append((-infinity, 0.0, [(w, 1.0)] + [(x, -1.0) for x, _ in together]))
                one += together
            rows.append((1.0, 1.0, one))
        for (y, z), xs, date in zip(dates, joined, group["dates"]):
            rows.append((0.0, infinity, xs + [(z, -float(date["enough"]))]))
    for entries, capacity in zip(periods, problem["capacities"]):
        if entries:
            rows.append((-infinity, float(capacity), entries))

    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    highs.setOptionValue("time_limit", float(sys.argv[2]))
    count = len(costs)
    starts, indices, values = [], [], []
    for _, _, entries in rows:
        starts.append(len(indices))
        indices += [column for column, _ in entries]
        values += [amount for _, amount in entries]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, len(rows)
    model.col_cost_ = numpy.array(costs)
    model.col_lower_, model.col_upper_ = numpy.zeros(count), numpy.ones(count)
    model.row_lower_ = numpy.array([row[0] for row in rows])
    model.row_upper_ = numpy.array([row[1] for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.array(starts + [len(indices)])
    model.a_matrix_.index_ = numpy.array(indices)
    model.a_matrix_.value_ = numpy.array(values)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    highs.passModel(model)
    highs.run()
    info = highs.getInfo()
    print(json.dumps({
        "status": highs.modelStatusToString(highs.getModelStatus()),
        "cost": info.objective_function_value,
        "bound": info.mip_dual_bound,
        "nodes": info.mip_node_count,
        "columns": count,
        "rows": len(rows),
        "seconds": time.time() - begun,
    }))


main()
