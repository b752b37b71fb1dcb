"""Times: the expressions, what they mean, and which figure each governs, planned or actual.

All that makes a figure's period and status belongs here. The period of the whole report does not:
see `report`.
"""
