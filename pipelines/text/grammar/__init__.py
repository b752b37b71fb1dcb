"""Words with their roles, the phrases they make, and the places in a clause where numbers are.

What holds of any Chinese sentence belongs here. What a figure is named after does not: see
`binding`.
"""
